package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.JobKey;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Trigger;
import io.oasis.server.run.TriggerRequest;
import io.oasis.server.run.TriggerResult;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * An app of its own, with its jobs and what becomes of their runs. Every test that injects it gets
 * a new one.
 */
@Dependent
public class TestApp {
  private final TestJobs jobs;
  private final Runs runs;
  private final Database database;

  public TestApp(Applier applier, Database database, Runs runs) {
    this.jobs = new TestJobs(applier, database);
    this.runs = runs;
    this.database = database;
  }

  public String name() {
    return jobs.app();
  }

  /** Its id; it has one from its first job on. */
  public long id() {
    return jobs.appId();
  }

  /** Applies one job of it, as {@link TestJobs#job} does; returns the job's uid. */
  public long job(String job, String... spec) {
    return jobs.job(job, spec);
  }

  public JobKey key(String job) {
    return jobs.key(job);
  }

  public long trigger(String job) {
    return trigger(job, Map.of());
  }

  long trigger(String job, Map<String, String> params) {
    TriggerRequest request =
        new TriggerRequest(jobs.key(job), params, Trigger.MANUAL, "li", Optional.empty());
    TriggerResult result = runs.trigger(request);
    assertThat(result).isInstanceOf(TriggerResult.Created.class);
    return ((TriggerResult.Created) result).run().id();
  }

  public RunView run(long id) {
    return runs.find(id).orElseThrow();
  }

  /** What the trace says, each event as {@code KIND REASON detail}. */
  public List<String> events(long id) {
    return runs.trace(id).orElseThrow().events().stream()
        .map(e -> e.kind() + " " + e.reason().orElse("-") + " " + e.detail().orElse(""))
        .toList();
  }

  /** Looks until the run stands there; what it is waiting for happens on other threads. */
  public void await(long id, RunState state, String reason) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              assertThat(run(id).state()).isEqualTo(state);
              assertThat(run(id).reason().orElse("")).isEqualTo(reason);
            });
  }

  /** As if the run had come so much earlier: for a limit that no test waits for. */
  void cameEarlier(long id, Duration by) {
    database.run(
        tx -> {
          for (String table : List.of("slot", "slot_wait")) {
            tx.update(
                "UPDATE %s SET nominal_at = nominal_at - ? * interval '1 second' WHERE run_id = ?"
                    .formatted(table),
                by.toSeconds(),
                id);
          }
          tx.update(
              """
              UPDATE run SET nominal_at = nominal_at - ? * interval '1 second',
                     created_at = created_at - ? * interval '1 second', wake_at = clock_timestamp()
               WHERE id = ?
              """,
              by.toSeconds(),
              by.toSeconds(),
              id);
        });
  }

  public void sql(String statement, Object... parameters) {
    database.run(tx -> tx.update(statement, parameters));
  }
}
