package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.job.Job;
import io.oasis.server.job.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which jobs have a row in {@code job_fire}, and what {@code job_term} says of its changes. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class NextTimesTest {
  private static final String HOURLY = "schedule: {fixedRate: 1h}";

  @Inject Applier applier;
  @Inject Database database;
  @Inject Jobs jobs;

  private TestJobs app;

  @BeforeEach
  void makeApp() {
    app = new TestJobs(applier, database);
  }

  private record Fire(int revision, Optional<Instant> at) {}

  private List<Fire> fires(long uid) {
    return database.call(
        tx ->
            tx.query(
                "SELECT revision, next_fire_at FROM job_fire WHERE job_uid = ?",
                row -> new Fire(row.number("revision"), row.optionalInstant("next_fire_at")),
                uid));
  }

  private record Change(String state, Optional<Instant> withdrawn, Optional<Instant> first) {}

  private Change lastChange(long uid) {
    return database.call(
        tx ->
            tx.one(
                """
                SELECT state, withdrawn_at, first_at FROM job_term
                 WHERE job_uid = ? ORDER BY id DESC LIMIT 1
                """,
                row ->
                    new Change(
                        row.text("state"),
                        row.optionalInstant("withdrawn_at"),
                        row.optionalInstant("first_at")),
                uid));
  }

  @Test
  @DisplayName("a job that is made has its time, and the first term says the same")
  void made() {
    long uid = app.job("made", HOURLY);

    Optional<Instant> next = fires(uid).get(0).at();
    assertThat(next).isPresent();
    assertThat(lastChange(uid)).isEqualTo(new Change("ON", Optional.empty(), next));
  }

  @Test
  @DisplayName("a job whose schedule stays keeps its time under its new revision")
  void sameSchedule() {
    long uid = app.job("kept", HOURLY);
    Optional<Instant> before = fires(uid).get(0).at();
    app.job("kept", HOURLY, "timeout: 20m");

    assertThat(fires(uid)).containsExactly(new Fire(2, before));
    assertThat(lastChange(uid)).isEqualTo(new Change("ON", before, before));
  }

  @Test
  @DisplayName("GO1: a new schedule withdraws the old time and sets its own")
  void otherSchedule() {
    long uid = app.job("moved", HOURLY);
    Optional<Instant> before = fires(uid).get(0).at();
    app.job("moved", "schedule: {fixedRate: 7h}");

    Fire after = fires(uid).get(0);
    assertThat(after.revision()).isEqualTo(2);
    assertThat(after.at().orElseThrow()).isAfter(before.orElseThrow());
    assertThat(lastChange(uid)).isEqualTo(new Change("ON", before, after.at()));
  }

  @Test
  @DisplayName("a job that only people start has no time and is not done")
  void byHand() {
    long uid = app.job("hand", HOURLY);
    app.job("hand", "schedule: none");

    assertThat(fires(uid)).isEmpty();
    assertThat(lastChange(uid).first()).isEmpty();
    assertThat(jobs.find(app.key("hand")).orElseThrow().job().state()).isEqualTo(Job.State.ON);
  }

  @Test
  @DisplayName("a job that is off or deleted has no time, whoever made it so")
  void offOrDeleted() {
    long disabled = app.job("disabled", HOURLY);
    long byHand = app.job("by-hand", HOURLY);
    long deleted = app.job("deleted", HOURLY);
    Optional<Instant> before = fires(disabled).get(0).at();

    jobs.disable(app.key("disabled"), "test", Optional.empty());
    database.run(tx -> tx.update("UPDATE job SET enabled = false WHERE uid = ?", byHand));
    jobs.delete(app.key("deleted"), "test");

    assertThat(fires(disabled)).isEmpty();
    assertThat(fires(byHand)).isEmpty();
    assertThat(fires(deleted)).isEmpty();
    assertThat(lastChange(disabled)).isEqualTo(new Change("OFF", before, Optional.empty()));
    assertThat(lastChange(deleted).state()).isEqualTo("DELETED");

    jobs.enable(app.key("disabled"), "test", Optional.empty());

    Optional<Instant> again = fires(disabled).get(0).at();
    assertThat(again).isPresent();
    assertThat(lastChange(disabled)).isEqualTo(new Change("ON", Optional.empty(), again));
  }
}
