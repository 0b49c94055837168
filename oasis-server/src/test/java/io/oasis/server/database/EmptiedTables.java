package io.oasis.server.database;

import java.util.List;

/**
 * Tables of which PostgreSQL believes the worst: somebody counted when they were empty, as
 * autovacuum does in a moment of rest, and what has come since is few enough to make a walk through
 * all of it look cheap. Whether a statement walks is counted by the database within the
 * transaction.
 */
public final class EmptiedTables {
  private static final List<String> TABLES = List.of("run", "slot", "slot_wait", "job_trouble");

  private static final String COUNTED =
      """
      UPDATE pg_class SET relpages = 0, reltuples = 0
       WHERE oid = ?::regclass OR oid IN (SELECT relid FROM pg_partition_tree(?::regclass))
      """;

  private static final String WALKS =
      """
      SELECT coalesce(sum(s.seq_scan), 0) AS walks
        FROM pg_stat_xact_user_tables s
       WHERE s.relid = ?::regclass
          OR s.relid IN (SELECT relid FROM pg_partition_tree(?::regclass))
      """;

  private EmptiedTables() {}

  /** Empties them for the rest of the transaction, which must not be committed. */
  public static void empty(Tx tx) {
    tx.update("TRUNCATE " + String.join(", ", TABLES));
    TABLES.forEach(table -> tx.update(COUNTED, table, table));
  }

  /** How often the transaction has walked through them, one partition or all. */
  public static long walks(Tx tx) {
    return TABLES.stream()
        .mapToLong(table -> tx.one(WALKS, row -> row.longNumber("walks"), table, table))
        .sum();
  }
}
