package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs that cannot fire, due in one batch with others that can. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class PoisonJobTest {
  @Inject Applier applier;
  @Inject Database database;

  @AfterEach
  void cure() {
    database.run(
        tx -> {
          tx.update("DROP TRIGGER IF EXISTS poison_job ON run");
          tx.update("DROP FUNCTION IF EXISTS poison_job()");
        });
  }

  @Test
  @DisplayName("a job that cannot fire misses its time with a reason, and others fire")
  void othersFire() {
    TestJobs jobs = new TestJobs(applier, database);
    long good = jobs.job("good", "schedule: {fixedRate: 1h}");
    long unreadable = jobs.job("unreadable", "schedule: {fixedRate: 1h}");
    long refused = jobs.job("refused", "schedule: {fixedRate: 1h}");
    database.run(
        tx -> {
          tx.update(
              """
              INSERT INTO job_revision (job_uid, revision, spec, labels, author)
              VALUES (?, 99, '{"handler": 7}', '{}', 'a hand')
              """,
              unreadable);
          tx.update(
              "UPDATE job SET revision = 99, spec = '{\"handler\": 7}' WHERE uid = ?", unreadable);
          tx.update(
              """
              CREATE FUNCTION poison_job() RETURNS trigger LANGUAGE plpgsql AS
              $$BEGIN RAISE EXCEPTION 'this is poison'; END$$
              """);
          tx.update(
              """
              CREATE TRIGGER poison_job BEFORE INSERT ON run FOR EACH ROW
                WHEN (NEW.job_uid = %d AND NEW.state = 'QUEUED') EXECUTE FUNCTION poison_job()
              """
                  .formatted(refused));
          tx.update(
              """
              WITH due AS (
                UPDATE job SET anchor_at = date_trunc('second', now())
                 WHERE uid IN (?, ?, ?) RETURNING uid, anchor_at)
              UPDATE job_fire SET next_fire_at = anchor_at FROM due WHERE job_uid = uid
              """,
              good,
              unreadable,
              refused);
        });

    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              assertThat(rows(good)).containsExactly("QUEUED");
              assertThat(rows(unreadable)).containsExactly("MISSED INTERNAL");
              assertThat(rows(refused)).containsExactly("MISSED INTERNAL");
            });

    assertThat(standing(good)).isEqualTo("on, next");
    assertThat(standing(refused)).isEqualTo("on, next");
    assertThat(standing(unreadable)).startsWith("off").contains("revision 99");
  }

  private List<String> rows(long job) {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT state || CASE WHEN state = 'MISSED' THEN ' ' || reason ELSE '' END AS line
                  FROM run WHERE job_uid = ? ORDER BY id
                """,
                row -> row.text("line"),
                job));
  }

  private String standing(long job) {
    return database.call(
        tx ->
            tx.one(
                """
                SELECT CASE WHEN enabled THEN 'on' ELSE 'off: ' || disabled_reason END
                       || CASE WHEN next_fire_at > now() THEN ', next' ELSE '' END AS line
                  FROM job LEFT JOIN job_fire ON job_uid = uid WHERE uid = ?
                """,
                row -> row.text("line"),
                job));
  }
}
