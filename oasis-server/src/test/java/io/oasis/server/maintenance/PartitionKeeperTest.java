package io.oasis.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.lease.DutyLease;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class PartitionKeeperTest {
  @Inject Database database;
  @Inject PartitionStore store;
  @Inject PartitionKeeper keeper;
  @Inject Retention retention;
  @Inject DutyLease duties;

  private final List<Long> inserted = new ArrayList<>();

  /** Leaves nothing behind that the running application would act on, or count. */
  @AfterEach
  void deleteRuns() {
    for (long id : inserted) {
      database.run(tx -> tx.update("DELETE FROM run WHERE id = ?", id));
      database.run(tx -> tx.update("DELETE FROM run_log WHERE run_id = ?", id));
    }
  }

  @Test
  @DisplayName("a started server has partitions from yesterday to a week ahead, of all tables")
  void madeAtStart() {
    LocalDate today = database.call(store::today);

    for (String table : PartitionStore.TABLES) {
      Set<LocalDate> days = database.call(tx -> store.days(tx, table));
      // The server may have started before midnight: six days are ahead then.
      assertThat(days).as(table).contains(today.minusDays(1), today, today.plusDays(6));
    }
    int made = patiently(keeper::runOnce);
    assertThat(made)
        .as("nothing is left to make, but for a day that began meanwhile")
        .isIn(0, PartitionStore.TABLES.size());
    assertThat(daysOfRuns()).contains(today.plusDays(7));
  }

  @Test
  @DisplayName("a run of today lies in today's partition, and its unique key holds there")
  void runInItsDay() {
    long id = insertRun(database.call(store::today), "RUNNING");

    assertThat(partitionOf(id)).matches("run_p\\d{8}");
  }

  @Test
  @DisplayName("both unique indexes of a day of runs have room for the entry that an end adds")
  void roomForEnds() {
    LocalDate day = database.call(store::today).plusDays(1);

    List<String> options =
        database.call(
            tx ->
                tx.query(
                    """
                    SELECT c.reloptions::text AS options
                      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                     WHERE i.indrelid = ?::regclass AND i.indisunique
                    """,
                    row -> row.text("options"),
                    "run_p" + day.toString().replace("-", "")));

    assertThat(options).hasSize(2).containsOnly("{fillfactor=60}");
  }

  @Test
  @DisplayName("rows of a day that fell into the default partition move when the day is made")
  void defaultRowsMove() {
    LocalDate day = LocalDate.parse("2031-05-05");
    long id = insertRun(day, "SUCCEEDED");
    insertLog(id, day);
    assertThat(partitionOf(id)).isEqualTo("run_default");

    int moved =
        patiently(
            () ->
                database.call(
                    tx -> {
                      store.takeTurn(tx);
                      return store.create(tx, "run", day) + store.create(tx, "run_log", day);
                    }));

    assertThat(moved).isEqualTo(2);
    assertThat(partitionOf(id)).isEqualTo("run_p20310505");
  }

  @Test
  @DisplayName("servers that start at the same time make each partition once")
  void concurrentServers() {
    LocalDate day = database.call(store::today).plusDays(6);
    patiently(
        () ->
            database.call(
                tx -> {
                  store.takeTurn(tx);
                  PartitionStore.TABLES.forEach(table -> store.drop(tx, table, day));
                  return true;
                }));

    int made =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> patiently(keeper::runOnce)))
            .limit(4)
            .toList()
            .stream()
            .mapToInt(CompletableFuture::join)
            .sum();

    assertThat(made)
        .as("those of the day, and of one that began meanwhile")
        .isIn(PartitionStore.TABLES.size(), 2 * PartitionStore.TABLES.size());
    assertThat(daysOfRuns()).contains(day);
  }

  @Test
  @DisplayName("LG8 retention drops old days whose runs are all final, and keeps the others")
  void retention() {
    LocalDate finished = LocalDate.parse("2021-03-01");
    LocalDate unfinished = LocalDate.parse("2021-03-02");
    makeDay(finished);
    makeDay(unfinished);
    long gone = insertRun(finished, "SUCCEEDED");
    insertLog(gone, finished);
    long kept = insertRun(unfinished, "RUNNING");
    long strayGone = insertRun(LocalDate.parse("2021-04-01"), "FAILED");
    insertLog(strayGone, LocalDate.parse("2021-04-01"));
    long strayKept = insertRun(LocalDate.parse("2021-04-01"), "QUEUED");
    insertLog(strayKept, LocalDate.parse("2021-04-01"));

    DutyLease.Held duty = duties.take("retention", Duration.ofMinutes(30)).orElseThrow();
    patiently(() -> retention.runOnce(duty));

    assertThat(retention.runOnce(duty))
        .as("nothing is left")
        .isEqualTo(new Retention.Dropped(0, 0));
    assertThat(exists(List.of(gone, kept, strayGone, strayKept))).containsExactly(kept, strayKept);
    Set<LocalDate> days = database.call(tx -> store.days(tx, "run_log"));
    assertThat(days).contains(unfinished).doesNotContain(finished);
  }

  private Set<LocalDate> daysOfRuns() {
    return database.call(tx -> store.days(tx, "run"));
  }

  private void makeDay(LocalDate day) {
    patiently(
        () ->
            database.call(
                tx -> {
                  store.takeTurn(tx);
                  PartitionStore.TABLES.forEach(table -> store.create(tx, table, day));
                  return true;
                }));
  }

  /**
   * What changes partitions gives way to the running application after two seconds, and comes again
   * later; so do tests.
   */
  private static <T> T patiently(Callable<T> work) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptionsInstanceOf(DatabaseException.class)
        .until(work, Objects::nonNull);
  }

  private long insertRun(LocalDate day, String state) {
    long id =
        database.call(
            tx ->
                tx.one(
                    """
                INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state,
                                 finished_at, node_id, wake_at)
                SELECT nextval('run_id'), ?, 1, 1, 1, 'API', currval('run_id'), s,
                       CASE WHEN s IN ('QUEUED', 'RUNNING') THEN NULL ELSE now() END, ?,
                       now() + interval '10 days'
                FROM (VALUES (?)) AS v(s)
                RETURNING id
                """,
                    row -> row.longNumber("id"),
                    day.atTime(12, 0).toInstant(ZoneOffset.UTC),
                    "node-" + UUID.randomUUID(),
                    state));
    inserted.add(id);
    return id;
  }

  private void insertLog(long run, LocalDate day) {
    database.run(
        tx ->
            tx.update(
                """
                INSERT INTO run_log (run_id, nominal_at, attempt, member, first_seq, last_seq, lines)
                VALUES (?, ?, 1, 0, 1, 1, '[[0,"H","x"]]')
                """,
                run,
                day.atTime(12, 0).toInstant(ZoneOffset.UTC)));
  }

  private String partitionOf(long run) {
    return database.call(
        tx ->
            tx.one(
                "SELECT tableoid::regclass::text AS name FROM run WHERE id = ?",
                row -> row.text("name"),
                run));
  }

  private List<Long> exists(List<Long> runs) {
    return runs.stream()
        .filter(
            id ->
                database
                    .call(
                        tx ->
                            tx.first("SELECT id FROM run WHERE id = ?", row -> row.text("id"), id))
                    .isPresent())
        .toList();
  }
}
