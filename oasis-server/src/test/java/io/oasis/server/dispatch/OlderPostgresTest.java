package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oasis.server.OlderDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From a schedule to a result on the oldest PostgreSQL that this machine has. */
@QuarkusTest
@TestProfile(OlderPostgresTest.Nodes.class)
@QuarkusTestResource(value = OlderDatabase.class, restrictToAnnotatedClass = true)
class OlderPostgresTest {
  @Inject Applier applier;
  @Inject Database database;
  @Inject FakeNodes nodes;
  @Inject Runs runs;

  /** A profile of its own, so that the application starts anew, on this database. */
  public static final class Nodes implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(FakeNodes.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("oasis.maintenance.history", "P20D");
    }
  }

  @BeforeEach
  void olderThanEmbedded() {
    assumeTrue(
        OlderDatabase.programs().isPresent(),
        "no PostgreSQL of the system: install the package postgresql to have this tested");
  }

  @Test
  @DisplayName("An older PostgreSQL takes all migrations, and jobs run, repeat and end on it")
  void endToEnd() {
    TestJobs jobs = new TestJobs(applier, database);
    jobs.job("tick", "schedule: {fixedRate: 1s}", "retry: {max: 1, backoff: 1s, jitter: 0}");
    String node = jobs.app() + "-node";
    nodes.connect(node, jobs.appId(), 4);

    Assignment first = nodes.next(node);
    nodes.accept(first);
    nodes.finish(first.run(), Outcome.FAILED, "exit 1");
    Assignment second = next(node, first.run().runId());
    nodes.accept(second);
    nodes.finish(second.run(), Outcome.SUCCEEDED, "");

    RunView run = runs.find(first.run().runId()).orElseThrow();
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(second.run().attempt()).isEqualTo(2);
    assertThat(version()).isLessThan(18);
    assertThat(counted()).isPositive();
  }

  /** The next hand-over of that run; the others succeed. */
  private Assignment next(String node, long run) {
    while (true) {
      Assignment assigned = nodes.next(node);
      if (assigned.run().runId() == run) {
        return assigned;
      }
      nodes.finish(assigned.run(), Outcome.SUCCEEDED, "");
    }
  }

  private long counted() {
    return database.call(
        tx ->
            tx.one(
                "SELECT coalesce(sum(runs), 0) AS n FROM run_count WHERE state = 'SUCCEEDED'",
                row -> row.longNumber("n")));
  }

  private int version() {
    return database.call(
        tx ->
            tx.one(
                "SELECT current_setting('server_version_num')::int / 10000 AS v",
                row -> row.number("v")));
  }
}
