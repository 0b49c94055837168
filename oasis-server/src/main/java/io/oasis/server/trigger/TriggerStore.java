package io.oasis.server.trigger;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import io.oasis.manifest.JobKey;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The trigger's SQL over {@code job_fire}, and over the rows of {@code run} that grow. */
@ApplicationScoped
public class TriggerStore {
  /**
   * The index {@code job_fire_due} has this very order: an idle look is one probe of it. The time
   * is a query of its own, asked once: compared with a function that may change from row to row,
   * the index would be read to its end.
   */
  static final String CLAIM =
      """
      SELECT job_uid AS uid, revision, next_fire_at FROM job_fire
       WHERE next_fire_at <= (SELECT clock_timestamp() + ? * interval '1 millisecond')
       ORDER BY next_fire_at LIMIT ? FOR UPDATE SKIP LOCKED
      """;

  private static final String CLAIM_THESE =
      """
      SELECT f.job_uid AS uid, f.revision, f.next_fire_at
        FROM unnest(?::bigint[], ?::timestamptz[]) AS u(uid, next_at)
        JOIN job_fire f ON f.job_uid = u.uid AND f.next_fire_at = u.next_at
       ORDER BY f.next_fire_at, f.job_uid FOR UPDATE OF f SKIP LOCKED
      """;

  private static final String SWITCH_OFF =
      """
      UPDATE job j SET enabled = false, disabled_reason = ?, disabled_at = now(),
             updated_at = now(), updated_by = 'oasis'
        FROM app a
       WHERE j.uid = ? AND j.revision = ? AND j.enabled AND a.id = j.app_id
      RETURNING a.name AS app, j.name
      """;

  private static final String EARLIEST =
      """
      SELECT next_fire_at FROM job_fire
       WHERE next_fire_at IS NOT NULL ORDER BY next_fire_at LIMIT 1
      """;

  private static final String ADVANCE =
      """
      UPDATE job_fire f SET next_fire_at = u.next_at
        FROM unnest(?::bigint[], ?::timestamptz[]) AS u(uid, next_at)
       WHERE f.job_uid = u.uid
      """;

  private static final String END = "DELETE FROM job_fire WHERE job_uid = ANY(?)";

  /** The end of the schedule's run gives the next time where none is set: fixed delays only. */
  private static final String AWAITING_END =
      """
      SELECT job_uid AS uid, revision FROM job_fire
       WHERE job_uid = ANY(?) AND next_fire_at IS NULL
       ORDER BY job_uid FOR UPDATE
      """;

  /** The end of a run by hand moves the one that is set, if the job says so. */
  private static final String DELAYED =
      """
      SELECT f.job_uid AS uid, f.revision
        FROM job_fire f JOIN job j ON j.uid = f.job_uid
       WHERE f.job_uid = ANY(?) AND f.next_fire_at IS NOT NULL AND j.schedule_kind = 'fixedDelay'
       ORDER BY f.job_uid FOR UPDATE OF f
      """;

  private static final String HOLD =
      """
      SELECT f.job_uid AS uid, f.revision, j.schedule_kind = 'fixedDelay' AS by_runs, f.next_fire_at
        FROM job_fire f JOIN job j ON j.uid = f.job_uid
       WHERE f.job_uid = ANY(?)
       ORDER BY f.job_uid FOR UPDATE OF f
      """;

  /** What is under way is few and has an index; the history of a job is long. */
  static final String STALLED =
      """
      SELECT f.job_uid AS uid, f.revision FROM job_fire f
       WHERE f.next_fire_at IS NULL
         AND NOT EXISTS (SELECT FROM run r
                          WHERE r.state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING')
                            AND r.job_uid = f.job_uid AND r.trigger = 'SCHEDULE')
       ORDER BY f.job_uid LIMIT ? FOR UPDATE SKIP LOCKED
      """;

  private static final String LAST_CHANGED =
      """
      SELECT u.uid, t.since
        FROM unnest(?::bigint[]) AS u(uid)
       CROSS JOIN LATERAL (
         SELECT since FROM job_term t WHERE t.job_uid = u.uid ORDER BY t.id DESC LIMIT 1) t
      """;

  private static final String WAITING =
      "SELECT job_uid, count(*) AS waiting FROM slot_wait WHERE job_uid = ANY(?) GROUP BY job_uid";

  /** A stretch that has grown for two days may end there: that keeps the search to a few days. */
  private static final String TAILS =
      """
      SELECT t.*
        FROM unnest(?::bigint[]) AS u(job_uid)
       CROSS JOIN LATERAL (
         SELECT r.id, r.nominal_at, r.job_uid, r.revision,
                coalesce(r.stretch_to, r.nominal_at) AS to_at,
                r.stretch_to IS NOT NULL AND r.state = 'COALESCED' AND r.reason = 'QUEUE_FULL'
                  AS merged
           FROM run r
          WHERE r.job_uid = u.job_uid AND r.trigger = 'SCHEDULE'
            AND r.nominal_at > now() - interval '2 days'
          ORDER BY r.nominal_at DESC, r.occurrence DESC LIMIT 1) t
      """;

  /** The latest row of each job from two days before its next time on, where it reaches it. */
  static final String DECIDED =
      """
      SELECT u.uid, t.to_at
        FROM unnest(?::bigint[], ?::timestamptz[]) AS u(uid, due_at)
       CROSS JOIN LATERAL (
         SELECT coalesce(r.stretch_to, r.nominal_at) AS to_at
           FROM run r
          WHERE r.job_uid = u.uid AND r.occurrence = 0
            AND r.nominal_at > u.due_at - interval '2 days'
          ORDER BY r.nominal_at DESC LIMIT 1) t
       WHERE t.to_at >= u.due_at
      """;

  private static final String LENGTHEN =
      """
      UPDATE run r SET stretch_to = u.to_at, stretch_count = r.stretch_count + u.more
        FROM unnest(?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::bigint[])
          AS u(id, nominal_at, to_at, more)
       WHERE r.id = u.id AND r.nominal_at = u.nominal_at AND r.state = 'COALESCED'
      """;

  /** A job that is due, and when. */
  record DueJob(JobVersion.Id version, Instant dueAt) {}

  /** A job's next time; empty with {@code completed}: the schedule is over. */
  record Next(long jobUid, Optional<Instant> at, boolean completed) {}

  /**
   * Claims jobs that are due within the look-ahead; they stay locked until the transaction ends.
   */
  List<DueJob> claim(Tx tx, Duration lookAhead, int limit) {
    return tx.query(
        CLAIM,
        row ->
            new DueJob(
                new JobVersion.Id(row.longNumber("uid"), row.number("revision")),
                row.instant("next_fire_at")),
        lookAhead.toMillis(),
        limit);
  }

  /** Claims those of the jobs that are still due at the same times. */
  List<DueJob> claimThese(Tx tx, List<DueJob> jobs) {
    return tx.query(
        CLAIM_THESE,
        row ->
            new DueJob(
                new JobVersion.Id(row.longNumber("uid"), row.number("revision")),
                row.instant("next_fire_at")),
        SqlArray.longs(jobs.stream().map(job -> job.version().jobUid()).toList()),
        SqlArray.instants(jobs.stream().map(DueJob::dueAt).toList()));
  }

  /** Switches off a job; empty when it was off, or has another revision by now. */
  Optional<JobKey> switchOff(Tx tx, JobVersion.Id job, String reason) {
    return tx
        .query(
            SWITCH_OFF,
            row -> new JobKey(row.text("app"), row.text("name")),
            reason,
            job.jobUid(),
            job.revision())
        .stream()
        .findFirst();
  }

  /** When the next job is due. */
  Optional<Instant> earliest(Tx tx) {
    return tx.first(EARLIEST, row -> row.instant("next_fire_at"));
  }

  /** Moves jobs to their next times. */
  void advance(Tx tx, List<Next> next) {
    Map<Boolean, List<Next>> ends = next.stream().collect(partitioningBy(Next::completed));
    List<Next> moves = ends.get(false);
    if (!moves.isEmpty()) {
      tx.update(
          ADVANCE,
          SqlArray.longs(moves.stream().map(Next::jobUid).toList()),
          SqlArray.instants(moves.stream().map(n -> n.at().orElse(null)).collect(toList())));
    }
    if (!ends.get(true).isEmpty()) {
      tx.update(END, SqlArray.longs(ends.get(true).stream().map(Next::jobUid).toList()));
    }
  }

  /** Those of the jobs that count from the end of their last run and wait for it. */
  List<JobVersion.Id> lockAwaitingEnd(Tx tx, Collection<Long> jobUids) {
    return tx.query(AWAITING_END, TriggerStore::version, SqlArray.longs(jobUids));
  }

  /** Those of the jobs that count from the end of a run and know their next time. */
  List<JobVersion.Id> lockDelayed(Tx tx, Collection<Long> jobUids) {
    return tx.query(DELAYED, TriggerStore::version, SqlArray.longs(jobUids));
  }

  /**
   * Locks jobs that are about to change. The answer is those that have a next time which does not
   * depend on their runs.
   */
  List<DueJob> hold(Tx tx, Collection<Long> jobUids) {
    return tx
        .query(
            HOLD,
            row ->
                row.optionalInstant("next_fire_at")
                    .filter(dueAt -> !row.flag("by_runs"))
                    .map(dueAt -> new DueJob(version(row), dueAt)),
            SqlArray.longs(jobUids))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** The database's time now. */
  Instant now(Tx tx) {
    return tx.one("SELECT clock_timestamp() AS now", row -> row.instant("now"));
  }

  /** Locks fixed delays that wait for the end of a run which is not there. */
  List<JobVersion.Id> lockStalled(Tx tx, int limit) {
    return tx.query(STALLED, TriggerStore::version, limit);
  }

  /** Since when each job is as it is. */
  Map<Long, Instant> lastChanged(Tx tx, Collection<Long> jobUids) {
    Map<Long, Instant> since = new HashMap<>();
    tx.query(
        LAST_CHANGED,
        row -> since.put(row.longNumber("uid"), row.instant("since")),
        SqlArray.longs(jobUids));
    return since;
  }

  /** How many runs wait for a slot, by job; a job where none waits is not in the answer. */
  Map<Long, Integer> waiting(Tx tx, Collection<Long> jobUids) {
    Map<Long, Integer> counts = new HashMap<>();
    tx.queryByKeys(
        WAITING,
        row -> counts.put(row.longNumber("job_uid"), row.number("waiting")),
        SqlArray.longs(jobUids));
    return counts;
  }

  /**
   * The latest row of a job's schedule.
   *
   * @param to its last nominal time
   * @param merged it is a stretch of times that were merged because the queue was full
   */
  record Tail(long runId, Instant nominalAt, int revision, Instant to, boolean merged) {}

  /** A stretch that reaches further by some times. */
  record Longer(Tail tail, Instant to, long more) {}

  /** The latest row of each job, of the last two days. */
  Map<Long, Tail> tails(Tx tx, Collection<Long> jobUids) {
    Map<Long, Tail> tails = new HashMap<>();
    tx.queryByKeys(
        TAILS,
        row ->
            tails.put(
                row.longNumber("job_uid"),
                new Tail(
                    row.longNumber("id"),
                    row.instant("nominal_at"),
                    row.number("revision"),
                    row.instant("to_at"),
                    row.flag("merged"))),
        SqlArray.longs(jobUids));
    return tails;
  }

  /** The last time that has a row, for each job whose next time is not behind it. */
  Map<Long, Instant> decidedBeyond(Tx tx, List<DueJob> jobs) {
    Map<Long, Instant> until = new HashMap<>();
    tx.queryByKeys(
        DECIDED,
        row -> until.put(row.longNumber("uid"), row.instant("to_at")),
        SqlArray.longs(jobs.stream().map(job -> job.version().jobUid()).toList()),
        SqlArray.instants(jobs.stream().map(DueJob::dueAt).toList()));
    return until;
  }

  /** Lets stretches reach further. */
  void lengthen(Tx tx, List<Longer> stretches) {
    if (!stretches.isEmpty()) {
      tx.update(
          LENGTHEN,
          SqlArray.longs(stretches.stream().map(s -> s.tail().runId()).toList()),
          SqlArray.instants(stretches.stream().map(s -> s.tail().nominalAt()).toList()),
          SqlArray.instants(stretches.stream().map(Longer::to).toList()),
          SqlArray.longs(stretches.stream().map(Longer::more).toList()));
    }
  }

  private static JobVersion.Id version(Row row) {
    return new JobVersion.Id(row.longNumber("uid"), row.number("revision"));
  }
}
