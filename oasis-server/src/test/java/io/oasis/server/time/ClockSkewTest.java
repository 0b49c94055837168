package io.oasis.server.time;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.lease.DutyLease;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole server whose machine's clock is wrong. */
@QuarkusTest
@TestProfile(ClockSkewTest.WrongClock.class)
@QuarkusTestResource(TestDatabase.class)
class ClockSkewTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Inject SkewedClock machine;
  @Inject Database database;
  @Inject Applier applier;
  @Inject FakeNodes nodes;
  @Inject Runs runs;
  @Inject ServerMembership membership;
  @Inject DutyLease duties;

  /** Nodes that do what the test says, and a clock that does. */
  public static final class WrongClock implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(FakeNodes.class, SkewedClock.class);
    }
  }

  @AfterEach
  void repair() {
    machine.ahead(Duration.ZERO);
  }

  @ParameterizedTest(name = "TM1: with the clock {0} minutes off, nothing fires or ends early")
  @ValueSource(ints = {10, -10})
  void nothingIsEarly(int minutes) {
    TestJobs jobs = new TestJobs(applier, database);
    jobs.job("tick", "schedule: none");
    String node = jobs.app() + "-node";
    nodes.connect(node, jobs.appId(), 4);
    machine.ahead(Duration.ofMinutes(minutes));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> membership.clockSkew().abs().compareTo(Duration.ofMinutes(9)) > 0);

    long job = jobs.job("later", "schedule: {fixedRate: 1h}", "timeout: 5m");
    // After the job is made, however long that took.
    Instant due = dueSoon(job);
    Assignment assigned = nodes.next(node);
    Instant handedOver = now();
    nodes.accept(assigned);
    RunView running = run(assigned);
    DutyLease.Held duty = duties.take("skewed" + minutes, Duration.ofMinutes(5)).orElseThrow();

    assertThat(assigned.run().nominalAt()).isEqualTo(due);
    assertThat(handedOver).isBetween(due, due.plus(PATIENCE));
    assertThat(running.state()).isEqualTo(RunState.RUNNING);
    assertThat(running.times().started().orElseThrow()).isBetween(due, now());
    assertThat(deadline(running.id()))
        .as("the deadline is the database's")
        .isEqualTo(running.times().started().orElseThrow().plus(Duration.ofMinutes(5)));
    assertThat(serverLease())
        .as("by the clock of this machine it would be minutes off")
        .isBetween(now().minusSeconds(60), now().plusSeconds(11));
    assertThat(nodes.idle(node)).isTrue();
    Awaitility.await().atMost(PATIENCE).until(membership::trusted);
    assertThat(database.<Boolean>call(tx -> duties.stillHeld(tx, duty))).isTrue();
    nodes.finish(assigned.run(), Outcome.SUCCEEDED, "");
    assertThat(run(assigned).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run(assigned).times().finished().orElseThrow()).isBetween(due, now());
  }

  @Test
  @DisplayName("TM2: a wrong clock is logged and measured, and beyond 30 s the server is not ready")
  void wrongClockIsTold() {
    Awaitility.await().atMost(PATIENCE).until(() -> Math.abs(gauge()) < 1);
    List<String> logged = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(ServerMembership.class.getName());
    Handler keeper = keeper(logged);
    logger.addHandler(keeper);
    try {
      machine.ahead(Duration.ofSeconds(5));
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(logged).anyMatch(line -> line.contains("ahead of the database's")));
      assertThat(gauge()).isGreaterThan(4);
      // Not at once if a busy machine has just let a renewal come late, which ends the trust, too.
      Awaitility.await().atMost(PATIENCE).until(() -> readyStatus() == 200);
      assertThat(gauge()).isGreaterThan(4);

      machine.ahead(Duration.ofSeconds(-40));
      Awaitility.await().atMost(PATIENCE).until(() -> gauge() < -39);
      assertThat(readyStatus()).isEqualTo(503);

      machine.ahead(Duration.ZERO);
      Awaitility.await().atMost(PATIENCE).until(() -> readyStatus() == 200);
    } finally {
      logger.removeHandler(keeper);
    }
  }

  /** What Prometheus would read. */
  private static double gauge() {
    String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();
    return metrics
        .lines()
        .filter(line -> line.startsWith("oasis_lease_clock_skew_seconds"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  private static int readyStatus() {
    return given().get("/q/health/ready").statusCode();
  }

  /** Lets the job's next time come in six seconds. */
  private Instant dueSoon(long job) {
    Instant due = now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(6);
    database.run(
        tx -> tx.update("UPDATE job_fire SET next_fire_at = ? WHERE job_uid = ?", due, job));
    return due;
  }

  private RunView run(Assignment assigned) {
    return runs.find(assigned.run().runId()).orElseThrow();
  }

  private Instant now() {
    return database.call(tx -> tx.one("SELECT clock_timestamp() AS t", row -> row.instant("t")));
  }

  private Instant deadline(long run) {
    return database.call(
        tx ->
            tx.one(
                "SELECT deadline_at FROM run WHERE id = ?",
                row -> row.instant("deadline_at"),
                run));
  }

  private Instant serverLease() {
    return database.call(
        tx ->
            tx.one(
                "SELECT lease_until FROM server WHERE id = ?",
                row -> row.instant("lease_until"),
                membership.serverId()));
  }

  private static Handler keeper(List<String> logged) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        logged.add(
            entry instanceof org.jboss.logmanager.ExtLogRecord extended
                ? extended.getFormattedMessage()
                : entry.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
