package io.oasis.server.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.RunReports;
import io.oasis.server.verify.Explanation.Verdict;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people are told about one time of one job. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class ExplainerTest {
  private static final String HOURLY = "schedule: {cron: \"0 * * * *\", timeZone: Asia/Shanghai}";

  @Inject Applier applier;
  @Inject Database database;
  @Inject Jobs jobs;
  @Inject Explainer explainer;
  @Inject FakeNodes nodes;

  private TestJobs app;
  private long uid;

  @BeforeEach
  void app() {
    app = new TestJobs(applier, database);
  }

  @Test
  @DisplayName(
      "of a catch-up: the run that was late, the one that waited for it, and the row before")
  void late() {
    Instant newest = downFor("misfire: {policy: all, max: 2}");
    String node = "node-" + app.app();
    nodes.connect(node, app.appId(), 10);
    for (int i = 0; i < 2; i++) {
      Assignment assigned = nodes.next(node);
      nodes.accept(assigned);
      nodes.finish(assigned.run(), RunReports.Outcome.SUCCEEDED, "");
    }

    Explanation second = explain(newest);

    assertThat(second.verdict()).isEqualTo(Verdict.RAN_LATE);
    assertThat(second.summary()).startsWith("It ran late: run ").contains("after its time.");
    assertThat(second.lines())
        .extracting(Explanation.Line::text)
        .anyMatch(text -> text.equals("due; revision 1"))
        .anyMatch(text -> text.contains("of the job has the slot"))
        .anyMatch(text -> text.matches("run \\d+ SUCCEEDED, its slot became free"))
        .anyMatch(text -> text.startsWith("dispatched to " + node))
        .anyMatch(text -> text.startsWith("started on " + node));
    assertThat(second.lines()).extracting(Explanation.Line::at).isSorted();
    Explanation missed = explain(newest.minus(5, ChronoUnit.HOURS));
    assertThat(missed.verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(missed.summary()).contains("(CAP)").contains("one of 7 times from");
    assertThat(missed.stretch().orElseThrow().count()).isEqualTo(7);
  }

  @Test
  @DisplayName("CU1: of a coalesced time: how many there were, and which run stands for them")
  void coalesced() {
    Instant newest = downFor("misfire: last");

    Explanation told = explain(newest.minus(3, ChronoUnit.HOURS));

    assertThat(told.verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(told.summary())
        .contains("(DOWNTIME)")
        .containsPattern("Run \\d+ of ")
        .contains("one of 8 times");
  }

  @Test
  @DisplayName("CU6: of a time at which the job was off: since when, by whom and why")
  void off() {
    uid = app.job("job", HOURLY);
    jobs.disable(app.key("job"), "wang", Optional.of("month end"));

    Explanation told = explain(now());

    assertThat(told.verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(told.summary()).contains("switched off at").contains("by wang (\"month end\")");
  }

  @Test
  @DisplayName("of a time that the job does not have: what it fires at, and the times around it")
  void between() {
    uid = app.job("job", HOURLY);
    Instant next = now().truncatedTo(ChronoUnit.HOURS).plus(5, ChronoUnit.HOURS);

    Explanation told = explain(next.plusSeconds(7));

    assertThat(told.verdict()).isEqualTo(Verdict.NO_SUCH_TIME);
    assertThat(told.summary()).contains("revision 1 fires 0 * * * *");
    assertThat(told.before().orElseThrow().at()).isEqualTo(next);
    assertThat(told.after().orElseThrow().at()).isEqualTo(next.plus(1, ChronoUnit.HOURS));
    assertThat(told.after().orElseThrow().text()).isEqualTo("not yet");
    assertThat(told.zone().getId()).isEqualTo("Asia/Shanghai");
  }

  @Test
  @DisplayName("of a time to come, of one before the job was made, and of one after it was deleted")
  void notThen() {
    uid = app.job("job", HOURLY);
    Instant next = now().truncatedTo(ChronoUnit.HOURS).plus(2, ChronoUnit.HOURS);

    assertThat(explain(next).verdict()).isEqualTo(Verdict.NOT_YET);
    Explanation early = explain(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(early.verdict()).isEqualTo(Verdict.NO_JOB);
    assertThat(early.summary()).contains("was made at");
    jobs.delete(app.key("job"), "wang");
    Explanation late = explain(now());
    assertThat(late.verdict()).isEqualTo(Verdict.NO_JOB);
    assertThat(late.summary()).contains("was deleted at");
    assertThat(explainer.explain(app.key("nobody"), now())).isEmpty();
  }

  @Test
  @DisplayName("a time that should have a row and has none is called a gap")
  void gap() {
    Instant newest = downFor("misfire: none");
    database.run(tx -> tx.update("DELETE FROM run WHERE job_uid = ?", uid));

    Explanation told = explain(newest);

    assertThat(told.verdict()).isEqualTo(Verdict.GAP);
    assertThat(told.summary()).contains("oasis verify");
  }

  /** An hourly job whose last nine times nobody has decided; the answer is the newest of them. */
  private Instant downFor(String misfire) {
    // The newest lies far enough back to be missed, and the next one is not due yet.
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> now().getEpochSecond() % 3600 > 8 && now().getEpochSecond() % 3600 < 3570);
    uid = app.job("job", HOURLY, misfire);
    Instant newest = now().truncatedTo(ChronoUnit.HOURS);
    Instant first = newest.minus(8, ChronoUnit.HOURS);
    database.run(
        tx -> {
          tx.update(
              "UPDATE job_term SET asked_at = ?, since = ?, first_at = ? WHERE job_uid = ?",
              first.minusSeconds(30),
              first.minusSeconds(30),
              first,
              uid);
          tx.update("UPDATE job SET created_at = ? WHERE uid = ?", first.minusSeconds(30), uid);
          tx.update("UPDATE job_fire SET next_fire_at = ? WHERE job_uid = ?", first, uid);
        });
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                explain(newest).verdict() != Verdict.WAITING
                    || explain(newest).runId().isPresent());
    return newest;
  }

  private Explanation explain(Instant at) {
    return explainer.explain(app.key("job"), at).orElseThrow();
  }

  private Instant now() {
    return database.call(tx -> tx.one("SELECT clock_timestamp() AS n", row -> row.instant("n")));
  }
}
