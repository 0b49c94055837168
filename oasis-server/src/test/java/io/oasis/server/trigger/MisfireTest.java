package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.SourceFile;
import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.apply.ApplyOutcome;
import io.oasis.server.apply.ApplyRequest;
import io.oasis.server.database.Database;
import io.oasis.server.database.Row;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobDraft;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A job whose next time lies in the past is what servers find after a downtime. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class MisfireTest {
  private static final int MISSED = 45;

  /** So long that the time after the missed ones does not come while the test runs. */
  private static final Duration PERIOD = Duration.ofMinutes(20);

  @Inject Applier applier;
  @Inject Database database;

  private final JobKey job =
      new JobKey("app-" + UUID.randomUUID().toString().substring(0, 8), "regular");

  /** A row of the ledger. */
  private record Entry(String state, String reason, Instant nominal, Instant to, long count) {}

  @Test
  @DisplayName("CU1: after a downtime one run, and one row for all that were coalesced into it")
  void last() {
    Instant newest = missFrom("misfire: {policy: last, window: 24h}");

    List<Entry> entries = entries(2);

    assertThat(entries.get(0).state()).isEqualTo("COALESCED");
    assertThat(entries.get(0).reason()).isEqualTo("DOWNTIME");
    assertThat(entries.get(0).count()).isEqualTo(MISSED - 1L);
    assertThat(entries.get(0).nominal()).isEqualTo(newest.minus(PERIOD.multipliedBy(MISSED - 1L)));
    assertThat(entries.get(0).to()).isEqualTo(newest.minus(PERIOD));
    assertThat(entries.get(1).nominal()).isEqualTo(newest);
    assertThat(entries.get(1).state()).isEqualTo("QUEUED");
  }

  @Test
  @DisplayName("CU2: the newest ones run, oldest first, the rest are one row beyond the cap")
  void all() {
    Instant newest = missFrom("misfire: {policy: all, max: 3}");

    List<Entry> entries = entries(4);

    assertThat(entries.get(0).state()).isEqualTo("MISSED");
    assertThat(entries.get(0).reason()).isEqualTo("CAP");
    assertThat(entries.get(0).count()).isEqualTo(MISSED - 3L);
    assertThat(entries.subList(1, 4))
        .extracting(Entry::nominal)
        .containsExactly(newest.minus(PERIOD.multipliedBy(2)), newest.minus(PERIOD), newest);
  }

  @Test
  @DisplayName("CU3: no run, one row that says how many were missed")
  void none() {
    missFrom("misfire: none");

    List<Entry> entries = entries(1);

    assertThat(entries)
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.state()).isEqualTo("MISSED");
              assertThat(e.reason()).isEqualTo("DOWNTIME");
              assertThat(e.count()).isEqualTo(MISSED);
              assertThat(e.to()).isEqualTo(e.nominal().plus(PERIOD.multipliedBy(MISSED - 1L)));
            });
  }

  /**
   * A job of every twenty minutes, last fired before a downtime of 45 times that.
   *
   * @return the newest missed time
   */
  private Instant missFrom(String misfire) {
    apply(misfire);
    Instant now = database.call(tx -> tx.one("SELECT now() AS now", r -> r.instant("now")));
    // Late enough to be missed.
    Instant newest = now.minusSeconds(20);
    Instant first = newest.minus(PERIOD.multipliedBy(MISSED - 1L));
    database.run(
        tx ->
            tx.update(
                """
                WITH late AS (
                  UPDATE job SET anchor_at = ?
                   WHERE name = ? AND app_id = (SELECT id FROM app WHERE name = ?)
                  RETURNING uid, anchor_at)
                UPDATE job_fire SET next_fire_at = anchor_at FROM late WHERE job_uid = uid
                """,
                first,
                job.name(),
                job.app()));
    return newest;
  }

  private List<Entry> entries(int expected) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(read()).hasSize(expected));
    return read();
  }

  private List<Entry> read() {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT r.state, r.reason, r.nominal_at, coalesce(r.stretch_to, r.nominal_at) AS to_at,
                       coalesce(r.stretch_count, 1) AS count
                  FROM run r JOIN job j ON j.uid = r.job_uid JOIN app a ON a.id = j.app_id
                 WHERE a.name = ? AND j.name = ? ORDER BY r.nominal_at
                """,
                MisfireTest::entry,
                job.app(),
                job.name()));
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.text("state"),
        row.text("reason"),
        row.instant("nominal_at"),
        row.instant("to_at"),
        row.longNumber("count"));
  }

  private void apply(String misfire) {
    String text =
        """
        apiVersion: oasis/v1
        kind: App
        metadata: {name: %s}
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %s, name: %s}
        spec:
          handler: work
          schedule: {fixedRate: 20m}
          %s
        """
            .formatted(job.app(), job.app(), job.name(), misfire);
    ApplyOutcome outcome =
        applier.apply(
            new ApplyRequest(
                List.of(new SourceFile("test.yaml", text.getBytes(StandardCharsets.UTF_8))),
                new JobDraft.Origin(
                    "test", "test", Optional.empty(), Optional.empty(), Optional.empty()),
                new Reach.Everything(),
                Duration.ofDays(1)));
    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
  }
}
