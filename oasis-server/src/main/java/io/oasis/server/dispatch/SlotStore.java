package io.oasis.server.dispatch;

import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.run.RunRow;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * SQL over {@code slot} and {@code slot_wait}. Statements touch slots in the order of their keys,
 * so that two transactions cannot wait for each other. Both tables fill and empty all day, so that
 * PostgreSQL knows nothing of them: what looks into them does so by keys. Arrays are taken apart in
 * a {@code SELECT}: in {@code FROM} each of them would be written to a store of its own first.
 */
@Singleton
public class SlotStore {
  private static final String TAKE =
      """
      INSERT INTO slot (job_uid, number, run_id, nominal_at)
      SELECT * FROM (SELECT unnest(?::bigint[]) AS job_uid, unnest(?::int[]) AS number,
                            unnest(?::bigint[]) AS run_id, unnest(?::timestamptz[]) AS nominal_at) u
       ORDER BY job_uid, number, nominal_at, run_id
      ON CONFLICT ON CONSTRAINT slot_pk DO NOTHING
      RETURNING run_id
      """;

  /** {@link #TAKE} with a look before: what is seen to be taken is not tried. */
  private static final String TAKE_FREE =
      """
      INSERT INTO slot (job_uid, number, run_id, nominal_at)
      SELECT * FROM (SELECT unnest(?::bigint[]) AS job_uid, unnest(?::int[]) AS number,
                            unnest(?::bigint[]) AS run_id, unnest(?::timestamptz[]) AS nominal_at) u
       WHERE (u.job_uid, u.number) NOT IN (
               SELECT s.job_uid, s.number FROM slot s WHERE s.job_uid = ANY(?))
       ORDER BY job_uid, number, nominal_at, run_id
      RETURNING run_id
      """;

  /**
   * Whoever frees one of these waits for us, and then sees who waits for it. Whoever else wants to
   * wait for one does so too: the length of the queue is counted by one at a time.
   */
  private static final String LOCK_OF_JOBS =
      """
      SELECT job_uid, number, run_id, nominal_at FROM slot
       WHERE job_uid = ANY(?) ORDER BY job_uid, number FOR UPDATE
      """;

  private static final String HOLDERS = "SELECT job_uid, run_id FROM slot WHERE job_uid = ANY(?)";

  private static final String WAITING =
      "SELECT job_uid, count(*) AS waiting FROM slot_wait WHERE job_uid = ANY(?) GROUP BY job_uid";

  private static final String WAIT =
      """
      INSERT INTO slot_wait (job_uid, nominal_at, run_id)
      SELECT * FROM unnest(?::bigint[], ?::timestamptz[], ?::bigint[])
      ON CONFLICT DO NOTHING
      """;

  private static final String LEAVE_QUEUE =
      """
      DELETE FROM slot_wait w
       USING unnest(?::bigint[], ?::timestamptz[], ?::bigint[]) AS u(job_uid, nominal_at, run_id)
       WHERE w.job_uid = u.job_uid AND w.nominal_at = u.nominal_at AND w.run_id = u.run_id
         AND w.job_uid = ANY(?) AND w.nominal_at BETWEEN ? AND ?
      RETURNING w.run_id
      """;

  private static final String LOCK_OF_RUNS =
      """
      SELECT job_uid, number, run_id, nominal_at FROM slot
       WHERE job_uid = ANY(?) AND run_id = ANY(?) ORDER BY job_uid, number FOR UPDATE
      """;

  private static final String FREE_UNLESS_AWAITED =
      """
      DELETE FROM slot s
       WHERE s.job_uid = ANY(?) AND s.run_id = ANY(?)
         AND s.job_uid NOT IN (SELECT w.job_uid FROM slot_wait w WHERE w.job_uid = ANY(?))
      RETURNING job_uid, number, run_id, nominal_at
      """;

  private static final String AWAITED =
      "SELECT DISTINCT job_uid FROM slot_wait WHERE job_uid = ANY(?)";

  /**
   * Asked only by who holds the slots since an earlier statement: so nobody can begin to wait for
   * them any more, and whoever did is seen.
   */
  private static final String NEXT_OR_FREE =
      """
      WITH next AS MATERIALIZED (
        SELECT w.job_uid, w.run_id, w.nominal_at
          FROM (SELECT unnest(?::bigint[]) AS job_uid, unnest(?::int[]) AS freed) u
         CROSS JOIN LATERAL (
           SELECT * FROM slot_wait q WHERE q.job_uid = u.job_uid
            ORDER BY q.nominal_at, q.run_id LIMIT u.freed) w),
      gone AS (
        DELETE FROM slot s
         USING (SELECT unnest(?::bigint[]) AS job_uid, unnest(?::int[]) AS number) f
         WHERE s.job_uid = ANY(?) AND s.job_uid = f.job_uid AND s.number = f.number
           AND s.job_uid NOT IN (SELECT n.job_uid FROM next n))
      SELECT job_uid, run_id, nominal_at FROM next ORDER BY job_uid, nominal_at, run_id
      """;

  private static final String HAND_ON =
      """
      UPDATE slot s SET run_id = u.run_id, nominal_at = u.nominal_at
        FROM unnest(?::bigint[], ?::int[], ?::bigint[], ?::timestamptz[])
          AS u(job_uid, number, run_id, nominal_at)
       WHERE s.job_uid = ANY(?) AND s.job_uid = u.job_uid AND s.number = u.number
      """;

  private static final String FREE_RUNS =
      "DELETE FROM slot WHERE job_uid = ANY(?) AND run_id = ANY(?)";

  /** One slot and who has it. */
  record Slot(long jobUid, int number, long runId, Instant nominalAt) {}

  /** One run that waits for a slot. */
  record Waiter(long jobUid, long runId, Instant nominalAt) {}

  /** Takes the slots that are free; the answer names the runs that have one now. */
  Set<Long> take(Tx tx, List<Slot> wanted) {
    if (wanted.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        tx.query(
            TAKE,
            row -> row.longNumber("run_id"),
            SqlArray.longs(wanted.stream().map(Slot::jobUid).toList()),
            SqlArray.ints(wanted.stream().map(Slot::number).toList()),
            SqlArray.longs(wanted.stream().map(Slot::runId).toList()),
            SqlArray.instants(wanted.stream().map(Slot::nominalAt).toList())));
  }

  /** {@link #take} for slots that are likely to be free; none of them is wanted twice. */
  Set<Long> takeFree(Tx tx, List<Slot> wanted) {
    if (wanted.size() < Tx.MANY) {
      return take(tx, wanted);
    }
    SqlArray jobs = SqlArray.longs(wanted.stream().map(Slot::jobUid).toList());
    return tx.insertNew(
            TAKE_FREE,
            row -> row.longNumber("run_id"),
            jobs,
            SqlArray.ints(wanted.stream().map(Slot::number).toList()),
            SqlArray.longs(wanted.stream().map(Slot::runId).toList()),
            SqlArray.instants(wanted.stream().map(Slot::nominalAt).toList()),
            jobs)
        .<Set<Long>>map(HashSet::new)
        .orElseGet(() -> take(tx, wanted));
  }

  /** The jobs' slots, held until the transaction ends: none of them is freed before. */
  List<Slot> lockOfJobs(Tx tx, Collection<Long> jobUids) {
    return tx.queryByKeys(LOCK_OF_JOBS, SlotStore::slot, SqlArray.longs(jobUids));
  }

  /** Who has a slot of each job just now; nobody is kept from changing that. */
  Map<Long, Long> holders(Tx tx, Collection<Long> jobUids) {
    Map<Long, Long> holders = new HashMap<>();
    if (!jobUids.isEmpty()) {
      tx.queryByKeys(
          HOLDERS,
          row -> holders.put(row.longNumber("job_uid"), row.longNumber("run_id")),
          SqlArray.longs(jobUids));
    }
    return holders;
  }

  /** How many runs wait, by job; a job where none waits is not in the answer. */
  Map<Long, Integer> waiting(Tx tx, Collection<Long> jobUids) {
    Map<Long, Integer> counts = new HashMap<>();
    tx.queryByKeys(
            WAITING,
            row -> Map.entry(row.longNumber("job_uid"), row.number("waiting")),
            SqlArray.longs(jobUids))
        .forEach(e -> counts.put(e.getKey(), e.getValue()));
    return counts;
  }

  /** Lets runs wait. */
  void await(Tx tx, List<Waiter> waiters) {
    if (!waiters.isEmpty()) {
      tx.update(WAIT, jobs(waiters), nominals(waiters), runs(waiters));
    }
  }

  /** Takes runs out of the queue; the answer names those that were in it. */
  Set<Long> leaveQueue(Tx tx, List<Waiter> waiters) {
    if (waiters.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        tx.queryByKeys(
            LEAVE_QUEUE,
            row -> row.longNumber("run_id"),
            jobs(waiters),
            nominals(waiters),
            runs(waiters),
            jobs(waiters),
            waiters.stream().map(Waiter::nominalAt).min(Comparator.naturalOrder()).orElseThrow(),
            waiters.stream().map(Waiter::nominalAt).max(Comparator.naturalOrder()).orElseThrow()));
  }

  /**
   * Gives up the slots of the runs, in the order of their keys, where nobody is seen to wait for
   * one of the job. Somebody may have begun to wait before they were ours: {@link #awaited} says so
   * then, and whoever wants to wait from now on finds them gone.
   */
  List<Slot> freeUnlessAwaited(Tx tx, Collection<RunRow> runs) {
    SqlArray jobs = jobsOf(runs);
    return tx.queryInOrderOfKeys(FREE_UNLESS_AWAITED, SlotStore::slot, jobs, idsOf(runs), jobs);
  }

  /** The jobs of these slots for which somebody waits. */
  Set<Long> awaited(Tx tx, List<Slot> slots) {
    return new HashSet<>(
        tx.queryByKeys(
            AWAITED,
            row -> row.longNumber("job_uid"),
            SqlArray.longs(slots.stream().map(Slot::jobUid).distinct().toList())));
  }

  /** The slots of the runs, held until the transaction ends. */
  List<Slot> lockOf(Tx tx, Collection<RunRow> runs) {
    return tx.queryByKeys(LOCK_OF_RUNS, SlotStore::slot, jobsOf(runs), idsOf(runs));
  }

  /**
   * Who is next, for as many slots as become free of each job; another may be faster. The slots of
   * jobs that nobody waits for are given up.
   *
   * @param slots held by this transaction since an earlier statement
   */
  List<Waiter> nextOrFree(Tx tx, List<Slot> slots) {
    Map<Long, Integer> freedByJob = new HashMap<>();
    slots.forEach(slot -> freedByJob.merge(slot.jobUid(), 1, Integer::sum));
    List<Long> jobUids = List.copyOf(freedByJob.keySet());
    SqlArray jobs = SqlArray.longs(jobUids);
    return tx.queryByKeys(
        NEXT_OR_FREE,
        row ->
            new Waiter(
                row.longNumber("job_uid"), row.longNumber("run_id"), row.instant("nominal_at")),
        jobs,
        SqlArray.ints(jobUids.stream().map(freedByJob::get).toList()),
        SqlArray.longs(slots.stream().map(Slot::jobUid).toList()),
        SqlArray.ints(slots.stream().map(Slot::number).toList()),
        jobs);
  }

  /** Gives slots to other runs. */
  void handOn(Tx tx, List<Slot> slots) {
    if (!slots.isEmpty()) {
      SqlArray jobs = SqlArray.longs(slots.stream().map(Slot::jobUid).toList());
      tx.updateByKeys(
          HAND_ON,
          jobs,
          SqlArray.ints(slots.stream().map(Slot::number).toList()),
          SqlArray.longs(slots.stream().map(Slot::runId).toList()),
          SqlArray.instants(slots.stream().map(Slot::nominalAt).toList()),
          jobs);
    }
  }

  /** Gives up the slots of runs that took one in this very transaction. */
  void freeOf(Tx tx, Collection<RunRow> runs) {
    if (!runs.isEmpty()) {
      tx.updateByKeys(FREE_RUNS, jobsOf(runs), idsOf(runs));
    }
  }

  /** Slots are found by their jobs: they have no index of their runs. */
  private static SqlArray jobsOf(Collection<RunRow> runs) {
    return SqlArray.longs(runs.stream().map(run -> run.origin().jobUid()).distinct().toList());
  }

  private static SqlArray idsOf(Collection<RunRow> runs) {
    return SqlArray.longs(runs.stream().map(RunRow::id).toList());
  }

  private static Slot slot(Row row) {
    return new Slot(
        row.longNumber("job_uid"),
        row.number("number"),
        row.longNumber("run_id"),
        row.instant("nominal_at"));
  }

  private static SqlArray jobs(List<Waiter> waiters) {
    return SqlArray.longs(waiters.stream().map(Waiter::jobUid).toList());
  }

  private static SqlArray runs(List<Waiter> waiters) {
    return SqlArray.longs(waiters.stream().map(Waiter::runId).toList());
  }

  private static SqlArray nominals(List<Waiter> waiters) {
    return SqlArray.instants(waiters.stream().map(Waiter::nominalAt).toList());
  }
}
