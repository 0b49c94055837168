package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.database.SqlArray;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs whose next time lies before times that have their row: edited while a server was away. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class DecidedTimesTest {
  private static final int MISSED = 40;

  /** So long that the time after the missed ones does not come while a test runs. */
  private static final Duration PERIOD = Duration.ofMinutes(20);

  @Inject Applier applier;
  @Inject Database database;

  private TestJobs app;
  private Instant newest;
  private Instant first;

  @BeforeEach
  void plan() {
    app = new TestJobs(applier, database);
    Instant now = database.call(tx -> tx.one("SELECT now() AS now", r -> r.instant("now")));
    // Late enough to be missed.
    newest = now.minusSeconds(20).truncatedTo(ChronoUnit.MICROS);
    first = newest.minus(PERIOD.multipliedBy(MISSED - 1L));
  }

  @Test
  @DisplayName("FN1: a stretch of missed times does not cover a time that has its row already")
  void rowWithin() {
    long uid = missed("misfire: {policy: last, window: 24h}", first.plus(PERIOD.multipliedBy(5)));

    assertThat(covered(uid)).containsExactlyElementsOf(times(5));
  }

  @Test
  @DisplayName(
      "FN1: a stretch of missed times is not lost because its first time has a row already")
  void rowAtFirst() {
    long uid = missed("misfire: none", first);

    assertThat(covered(uid)).containsExactlyElementsOf(times(0));
  }

  @Test
  @DisplayName("FN1: nothing is written again where the last missed time has a row already")
  void rowAtLast() {
    long uid = missed("misfire: {policy: all, max: 3}", newest);

    assertThat(covered(uid)).containsExactly(newest);
  }

  @Test
  @DisplayName("FN1 BK2: times that are merged because the queue is full do not cover a row either")
  void fullQueue() {
    long uid =
        missed(
            "misfire: {policy: all, max: 100}\n  blocking: {strategy: serial, queue: 1}",
            first.plus(PERIOD.multipliedBy(5)));

    assertThat(covered(uid)).containsExactlyElementsOf(times(5));
  }

  @Test
  @DisplayName("the last time that has a row is found by the ledger's unique index")
  void foundByIndex() {
    List<String> plan =
        database.call(
            tx -> {
              tx.update("SET LOCAL enable_seqscan = off");
              return tx.query(
                  "EXPLAIN " + TriggerStore.DECIDED,
                  row -> row.text("QUERY PLAN"),
                  SqlArray.longs(List.of(1L)),
                  SqlArray.instants(List.of(Instant.EPOCH)));
            });

    assertThat(plan)
        .anyMatch(line -> line.contains("Index Cond: ((job_uid = u.uid)"))
        .noneMatch(line -> line.contains("Seq Scan on run"));
  }

  /**
   * A job of every twenty minutes that is behind by {@link #MISSED} times, one of which has its
   * row.
   */
  private long missed(String spec, Instant decided) {
    long uid = app.job("job", "schedule: {fixedRate: 20m}", spec);
    database.run(
        tx -> {
          tx.update(
              """
              INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, state, finished_at)
              SELECT nextval('run_id'), ?, uid, app_id, revision, 'SCHEDULE', 'SUCCEEDED', now()
                FROM job WHERE uid = ?
              """,
              decided,
              uid);
          // One run waits, in a place that nobody gets.
          tx.update(
              """
              INSERT INTO slot_wait (job_uid, nominal_at, run_id)
              VALUES (?, now() + interval '1 day', -1)
              """,
              uid);
          tx.update("UPDATE job SET anchor_at = ? WHERE uid = ?", first, uid);
          tx.update("UPDATE job_fire SET next_fire_at = ? WHERE job_uid = ?", first, uid);
        });
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                database.call(
                    tx ->
                        tx.one(
                            "SELECT next_fire_at > now() AS ahead FROM job_fire WHERE job_uid = ?",
                            row -> row.flag("ahead"),
                            uid)));
    return uid;
  }

  private List<Instant> times(int from) {
    return LongStream.range(from, MISSED)
        .mapToObj(n -> first.plus(PERIOD.multipliedBy(n)))
        .toList();
  }

  /** Each time as often as rows cover it, up to the newest that was missed. */
  private List<Instant> covered(long uid) {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT t.at
                  FROM run r
                 CROSS JOIN LATERAL generate_series(coalesce(r.stretch_from, r.nominal_at),
                   coalesce(r.stretch_to, r.nominal_at), interval '20 minutes') AS t(at)
                 WHERE r.job_uid = ? AND t.at <= ?
                 ORDER BY t.at
                """,
                row -> row.instant("at"),
                uid,
                newest));
  }
}
