package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.time.ZoneRules;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class ZoneChangeTest {
  @Inject Applier applier;
  @Inject Database database;
  @Inject ZoneChange change;
  @Inject ZoneRules rules;

  private TestJobs jobs;

  @BeforeEach
  void app() {
    jobs = new TestJobs(applier, database);
  }

  @AfterEach
  void cleanUp() {
    database.run(tx -> tx.update("DELETE FROM server WHERE id = 's-old'"));
  }

  @Test
  @DisplayName("TM8: after a change of the zone rules next times are computed anew, and told")
  void movesWhatIsWrong() {
    long moved = jobs.job("moved", "schedule: {cron: '30 2 * * *', timeZone: America/New_York}");
    long right = jobs.job("right", "schedule: {cron: '30 2 * * *', timeZone: Asia/Shanghai}");
    long rate = jobs.job("rate", "schedule: {fixedRate: 1h}");
    Instant byTheseRules = next(moved);
    Instant untouched = next(right);
    Instant rateNext = next(rate);
    computedByOldRules(moved);

    // The server's own duty may come first; what it writes is the same.
    change.runOnce();

    awaitKnown();
    assertThat(next(moved)).isEqualTo(byTheseRules);
    assertThat(next(right)).isEqualTo(untouched);
    assertThat(next(rate)).isEqualTo(rateNext);
    assertThat(audited("moved")).containsExactly("job.move");
    assertThat(audited("right")).isEmpty();
    assertThat(audited("rate")).isEmpty();
    assertThat(change.runOnce()).as("the same rules again").isEmpty();
  }

  @Test
  @DisplayName("TM8: while a server with other rules lives, nothing is computed anew")
  void waitsForTheLastOldServer() {
    long job = jobs.job("moved", "schedule: {cron: '30 2 * * *', timeZone: America/New_York}");
    Instant byTheseRules = next(job);
    database.run(
        tx ->
            tx.update(
                """
                INSERT INTO server (id, address, version, tzdb, lease_until)
                VALUES ('s-old', 'x:1', '0', '2020a', now() + interval '1 hour')
                """));
    computedByOldRules(job);

    assertThat(change.runOnce()).isEmpty();
    assertThat(next(job)).isNotEqualTo(byTheseRules);

    database.run(tx -> tx.update("DELETE FROM server WHERE id = 's-old'"));
    change.runOnce();
    awaitKnown();
    assertThat(next(job)).isEqualTo(byTheseRules);
  }

  /** Until all is moved, by the test's word or by the server's own duty. */
  private void awaitKnown() {
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> known().equals(rules.version()));
  }

  /** As rules would have it by which the zone is an hour further west. */
  private void computedByOldRules(long uid) {
    database.run(
        tx -> {
          tx.update("DELETE FROM zone_rules");
          tx.update("INSERT INTO zone_rules (tzdb) VALUES ('2020a')");
          tx.update(
              "UPDATE job_fire SET next_fire_at = next_fire_at + interval '1 hour' WHERE job_uid = ?",
              uid);
        });
  }

  private Instant next(long uid) {
    return database.call(
        tx ->
            tx.one(
                "SELECT next_fire_at FROM job_fire WHERE job_uid = ?",
                r -> r.instant("next_fire_at"),
                uid));
  }

  private String known() {
    return database.call(tx -> tx.one("SELECT tzdb FROM zone_rules", r -> r.text("tzdb")));
  }

  private List<String> audited(String job) {
    return database.call(
        tx ->
            tx.query(
                "SELECT action FROM audit WHERE who = 'zone-rules' AND object = ?",
                r -> r.text("action"),
                "job " + jobs.key(job)));
  }
}
