package io.oasis.server.maintenance;

import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The SQL of partitions. A partition is a day (UTC) of one table, named {@code run_p20261122}. Its
 * statements are put together from constants and dates only, because DDL takes no parameters.
 */
@ApplicationScoped
public class PartitionStore {
  /** Every table that is partitioned by the run's nominal time; {@code run} comes first. */
  static final List<String> TABLES = List.of("run", "attempt", "run_event", "run_log");

  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final String MARK = "_p";

  /** One server at a time; the number is "oasis" on a telephone's keys. */
  private static final String TAKE_TURN = "SELECT pg_advisory_xact_lock(62747)::text AS done";

  /** Nobody waits longer than this behind us, and we behind nobody. */
  private static final String DO_NOT_WAIT = "SET LOCAL lock_timeout = '2s'";

  private static final String TODAY =
      "SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date::text AS today";
  private static final String DAYS =
      """
      SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = ?::regclass
      """;

  private static final String UNIQUE_INDEXES =
      """
      SELECT indexrelid::regclass::text AS name FROM pg_index
       WHERE indrelid = ?::regclass AND indisunique ORDER BY name
      """;

  private static final String UNFINISHED =
      """
      SELECT id FROM %s
      WHERE state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING') LIMIT 1
      """;

  private static final String OLD_DEFAULT_RUNS =
      """
      DELETE FROM run_default WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM run_default WHERE nominal_at < ? AND finished_at IS NOT NULL LIMIT ?))
      """;
  private static final String OLD_DEFAULT_REST =
      """
      DELETE FROM %1$s_default WHERE ctid = ANY(ARRAY(
        SELECT d.ctid FROM %1$s_default d
        WHERE d.nominal_at < ? AND NOT EXISTS (
          SELECT 1 FROM run r WHERE r.id = d.run_id AND r.nominal_at = d.nominal_at)
        LIMIT ?))
      """;

  /**
   * Makes the transaction the only one that changes partitions, and one that is in no one's way.
   */
  void takeTurn(Tx tx) {
    tx.query(TAKE_TURN, row -> row.text("done"));
    tx.update(DO_NOT_WAIT);
  }

  /** The day that it is for the database. */
  LocalDate today(Tx tx) {
    return LocalDate.parse(tx.one(TODAY, row -> row.text("today")));
  }

  /** The days that the table has a partition for. */
  Set<LocalDate> days(Tx tx, String table) {
    Set<LocalDate> days = new TreeSet<>();
    tx.query(DAYS, row -> row.text("name"), table).stream()
        .filter(name -> name.startsWith(table + MARK))
        .forEach(name -> days.add(LocalDate.parse(name.substring(name.length() - 8), DAY)));
    return days;
  }

  /**
   * Makes a day's partition. Rows of that day that fell into the default partition move over. It is
   * made apart and attached, which leaves readers and writers of the other partitions alone; only
   * the default partition, which is small, is locked.
   *
   * @return how many rows moved
   */
  int create(Tx tx, String table, LocalDate day) {
    String partition = name(table, day);
    tx.update("LOCK TABLE " + table + "_default IN ACCESS EXCLUSIVE MODE");
    tx.update(
        "CREATE TABLE "
            + partition
            + " (LIKE "
            + table
            + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
    int moved =
        tx.update(
            "WITH moved AS (DELETE FROM "
                + table
                + "_default WHERE nominal_at >= ? AND nominal_at < ? RETURNING *) INSERT INTO "
                + partition
                + " SELECT * FROM moved",
            start(day),
            start(day.plusDays(1)));
    tx.update(
        "ALTER TABLE "
            + table
            + " ATTACH PARTITION "
            + partition
            + " FOR VALUES FROM ('"
            + start(day)
            + "') TO ('"
            + start(day.plusDays(1))
            + "')");
    if (table.equals(TABLES.get(0))) {
      leaveRoom(tx, partition);
    }
    return moved;
  }

  /** A run has a second entry in each when it ends (V0025). */
  private static void leaveRoom(Tx tx, String partition) {
    for (String index : tx.query(UNIQUE_INDEXES, row -> row.text("name"), partition)) {
      tx.update("ALTER INDEX " + index + " SET (fillfactor = 60)");
    }
  }

  /** Locks a day of runs for everybody else; true when all of them are final. */
  boolean lockFinished(Tx tx, LocalDate day) {
    String partition = name("run", day);
    tx.update("LOCK TABLE " + partition + " IN ACCESS EXCLUSIVE MODE");
    Optional<Long> unfinished =
        tx.first(UNFINISHED.formatted(partition), row -> row.longNumber("id"));
    return unfinished.isEmpty();
  }

  /** Drops a day of a table. */
  void drop(Tx tx, String table, LocalDate day) {
    tx.update("DROP TABLE " + name(table, day));
  }

  /** Deletes old rows of finished runs that no day's partition had; returns how many. */
  int deleteOldDefaults(Tx tx, LocalDate before, int limit) {
    int deleted = tx.update(OLD_DEFAULT_RUNS, start(before), limit);
    for (String table : TABLES.subList(1, TABLES.size())) {
      deleted += tx.update(OLD_DEFAULT_REST.formatted(table), start(before), limit);
    }
    return deleted;
  }

  private static String name(String table, LocalDate day) {
    return table + MARK + DAY.format(day);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
