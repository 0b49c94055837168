package io.oasis.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.alarm.AlarmBench.Row;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Runs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When there is an incident and when not; what is written of it in the run's own transaction. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class IncidentTest {
  @Inject Applier applier;
  @Inject Database database;
  @Inject Runs runs;
  @Inject FakeNodes nodes;
  @Inject Incidents incidents;

  private AlarmBench bench;
  private String alarm;

  @BeforeEach
  void app() {
    bench = new AlarmBench(applier, database, runs, nodes);
    alarm = "alarm: {mail: [" + bench.address("li") + "], repeat: 1h}";
  }

  @Test
  @DisplayName(
      "LG6: failures in a row are one open incident, told at once and again after the interval;"
          + " the first success resolves it once")
  void oneIncident() {
    long job = bench.job("nightly", alarm);

    bench.fails("nightly", "exit 1");
    bench.fails("nightly", "exit 1");
    bench.fails("nightly", "exit 2");
    assertThat(bench.incidents(job)).containsExactly(new Row("FAILURE", 3, true));
    assertThat(events(job)).containsExactly("OPENED");

    bench.age(job, 61);
    bench.fails("nightly", "exit 2");
    bench.fails("nightly", "exit 2");
    assertThat(events(job)).containsExactly("OPENED", "REPEATED");

    bench.succeeds("nightly");
    bench.succeeds("nightly");
    assertThat(bench.incidents(job)).containsExactly(new Row("FAILURE", 5, false));
    assertThat(events(job)).containsExactly("OPENED", "REPEATED", "RECOVERED");

    bench.fails("nightly", "exit 3");
    assertThat(bench.incidents(job))
        .containsExactly(new Row("FAILURE", 5, false), new Row("FAILURE", 1, true));
  }

  @Test
  @DisplayName("BK10: an attempt that is repeated alarms nobody, the last one does")
  void afterTheLastAttempt() {
    long job = bench.job("flaky", alarm, "retry: {max: 1, backoff: 100ms, jitter: 0}");

    bench.trigger("flaky");
    nodes.finish(nodes.next(bench.node()).run(), Outcome.FAILED, "exit 1");
    Assignment second = nodes.next(bench.node());
    assertThat(bench.incidents(job)).isEmpty();
    nodes.finish(second.run(), Outcome.FAILED, "exit 1");

    assertThat(bench.incidents(job)).containsExactly(new Row("FAILURE", 1, true));
    assertThat(events(job)).containsExactly("OPENED");
  }

  @Test
  @DisplayName("BK10: a run whose second attempt succeeds alarms nobody")
  void retrySaves() {
    long job = bench.job("saved", alarm, "retry: {max: 1, backoff: 100ms, jitter: 0}");

    bench.trigger("saved");
    nodes.finish(nodes.next(bench.node()).run(), Outcome.FAILED, "exit 1");
    nodes.finish(nodes.next(bench.node()).run(), Outcome.SUCCEEDED, "");

    assertThat(bench.incidents(job)).isEmpty();
  }

  @Test
  @DisplayName("BK3: a discarded run is no failure and alarms nobody")
  void discard() {
    long job = bench.job("alone", alarm, "blocking: discard");

    bench.trigger("alone");
    Assignment first = nodes.next(bench.node());
    long second = bench.trigger("alone");
    await(second, RunState.SKIPPED);
    nodes.finish(first.run(), Outcome.SUCCEEDED, "");

    assertThat(bench.incidents(job)).isEmpty();
  }

  @Test
  @DisplayName("a run that a person stopped alarms nobody, whether it ran or waited")
  void stoppedByHand() {
    long job = bench.job("stopped", alarm);

    long first = bench.trigger("stopped");
    Assignment running = nodes.next(bench.node());
    nodes.accept(running);
    long second = bench.trigger("stopped");
    runs.cancel(second, "wang", Optional.empty());
    runs.cancel(first, "wang", Optional.empty());
    nodes.nextStop(bench.node());
    nodes.finish(running.run(), Outcome.CANCELLED, "");

    await(first, RunState.KILLED);
    await(second, RunState.CANCELLED);
    assertThat(bench.incidents(job)).isEmpty();
  }

  @Test
  @DisplayName("RT4: a broadcast alarms once, from the parent, when all its members are over")
  void broadcast() {
    long job = bench.job("everywhere", alarm, "routing: broadcast");
    String other = bench.app() + "-other";
    nodes.connect(other, appId(), 4);

    bench.trigger("everywhere");
    Assignment here = nodes.next(bench.node());
    Assignment there = nodes.next(other);
    nodes.finish(here.run(), Outcome.FAILED, "exit 1");
    assertThat(bench.incidents(job)).isEmpty();
    nodes.finish(there.run(), Outcome.FAILED, "exit 2");

    assertThat(bench.incidents(job)).containsExactly(new Row("FAILURE", 1, true));
    assertThat(events(job)).containsExactly("OPENED");
  }

  @Test
  @DisplayName("LG6: a timeout is an incident of its own kind, and one success ends both")
  void kinds() {
    long job = bench.job("slow", alarm, "timeout: {run: 10m, queue: 10m}");
    bench.trigger("slow");
    Assignment running = nodes.next(bench.node());
    // Only the run that has to wait is short of time.
    bench.job("slow", alarm, "timeout: {run: 10m, queue: 1s}");
    long waits = bench.trigger("slow");
    await(waits, RunState.TIMED_OUT);
    bench.job("slow", alarm, "timeout: {run: 10m, queue: 10m}");
    nodes.finish(running.run(), Outcome.FAILED, "exit 1");

    assertThat(bench.incidents(job))
        .containsExactly(new Row("TIMEOUT", 1, true), new Row("FAILURE", 1, true));
    bench.succeeds("slow");

    assertThat(bench.incidents(job)).noneMatch(Row::open);
    assertThat(events(job)).containsExactly("OPENED", "OPENED", "RECOVERED", "RECOVERED");
  }

  @Test
  @DisplayName("only what the manifest names is told; a job without an alarm has no incidents")
  void onlyWhatIsNamed() {
    long quiet = bench.job("quiet");
    long other = bench.job("other", "alarm: {on: [timeout], mail: [li@example.com]}");
    long silent =
        bench.job("silent", "alarm: {mail: [" + bench.address("li") + "], recovery: false}");

    bench.fails("quiet", "exit 1");
    bench.fails("other", "exit 1");
    bench.fails("silent", "exit 1");
    bench.succeeds("silent");

    assertThat(bench.incidents(quiet)).isEmpty();
    assertThat(bench.incidents(other)).isEmpty();
    assertThat(bench.incidents(silent)).containsExactly(new Row("FAILURE", 1, false));
    assertThat(events(silent)).containsExactly("OPENED");
  }

  @Test
  @DisplayName("who acknowledges an incident silences its repeats, and still hears of its end")
  void acknowledge() {
    long job = bench.job("known", alarm);
    bench.fails("known", "exit 1");
    long id = incidentOf(job);

    assertThat(incidents.acknowledge(id, "wang")).isInstanceOf(Incidents.Acknowledged.Done.class);
    assertThat(incidents.acknowledge(id, "li"))
        .isInstanceOf(Incidents.Acknowledged.Unchanged.class);
    bench.age(job, 120);
    bench.fails("known", "exit 1");
    bench.succeeds("known");

    assertThat(events(job)).containsExactly("OPENED", "RECOVERED");
    Incident now = incidents.find(id).orElseThrow().incident();
    assertThat(now.acknowledged().orElseThrow().by()).isEqualTo("wang");
    assertThat(now.failures()).isEqualTo(2);
    assertThat(incidents.acknowledge(999_999_999, "li"))
        .isInstanceOf(Incidents.Acknowledged.NoSuchIncident.class);
  }

  @Test
  @DisplayName("owner is the job's owner; without one anywhere that is said, not lost")
  void owner() {
    String li = bench.address("li");
    long owned =
        bench.job("owned", "owner: {name: Li, email: " + li + "}", "alarm: {mail: [owner]}");
    long orphan = bench.job("orphan", "alarm: {mail: [owner]}");

    bench.fails("owned", "exit 1");
    bench.fails("orphan", "exit 1");

    assertThat(bench.outbox(owned).get(0)).startsWith("OPENED " + li);
    assertThat(bench.outbox(orphan)).containsExactly("OPENED owner FAILED");
    assertThat(incidents.find(incidentOf(orphan)).orElseThrow().deliveries().get(0).error())
        .contains("neither the job nor its app has an owner with an email");
  }

  @Test
  @DisplayName("times that were missed are an incident when the manifest asks for it")
  void missed() {
    long job =
        bench.scheduled(
            "late",
            "schedule: {fixedRate: 20m}",
            "misfire: none",
            "alarm: {on: [missed], mail: [" + bench.address("li") + "]}");
    database.run(
        tx ->
            tx.update(
                """
                WITH due AS (SELECT now() - interval '190 minutes' AS at),
                moved AS (UPDATE job_fire SET next_fire_at = due.at FROM due WHERE job_uid = ?)
                UPDATE job SET anchor_at = due.at FROM due WHERE uid = ?
                """,
                job,
                job));

    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(bench.incidents(job)).hasSize(1));

    assertThat(bench.incidents(job).get(0).kind()).isEqualTo("MISSED");
    assertThat(bench.incidents(job).get(0).failures()).isEqualTo(10);
    assertThat(events(job)).containsExactly("OPENED");
  }

  @Test
  @DisplayName("an incident of a job that is deleted, or has no alarm any more, is closed silently")
  void orphans() {
    long job = bench.job("gone", alarm);
    bench.fails("gone", "exit 1");

    bench.job("gone");
    incidents.closeOrphans();

    assertThat(bench.incidents(job)).containsExactly(new Row("FAILURE", 1, false));
    assertThat(events(job)).containsExactly("OPENED");
  }

  private List<String> events(long job) {
    return bench.outbox(job).stream().map(line -> line.split(" ", -1)[0]).toList();
  }

  private long incidentOf(long job) {
    return database.call(
        tx ->
            tx.one(
                "SELECT max(id) AS id FROM incident WHERE job_uid = ?",
                row -> row.longNumber("id"),
                job));
  }

  private long appId() {
    return database.call(
        tx ->
            tx.one("SELECT id FROM app WHERE name = ?", row -> row.longNumber("id"), bench.app()));
  }

  private void await(long run, RunState state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(runs.find(run).orElseThrow().state()).isEqualTo(state));
  }
}
