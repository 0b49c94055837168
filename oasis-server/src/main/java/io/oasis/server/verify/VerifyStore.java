package io.oasis.server.verify;

import io.oasis.manifest.JobKey;
import io.oasis.schedule.Stretch;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobVersion;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is compared, a page of jobs at a time. Writes nothing. */
@ApplicationScoped
class VerifyStore {
  /** A deleted job still answers for the times before it was deleted. */
  private static final String JOBS =
      """
      SELECT j.uid, a.name AS app, j.name, f.next_fire_at, clock_timestamp() AS now
        FROM job j JOIN app a ON a.id = j.app_id LEFT JOIN job_fire f ON f.job_uid = j.uid
       WHERE j.uid > ? AND j.created_at < ? AND (j.deleted_at IS NULL OR j.deleted_at >= ?)
         AND (?::boolean OR a.name = ANY(?)) AND (?::text IS NULL OR j.name = ?)
       ORDER BY j.uid LIMIT ?
      """;

  private static final String TERMS =
      """
      SELECT job_uid, revision, state, asked_at, since, withdrawn_at, first_at, new_rules
        FROM job_term WHERE job_uid = ANY(?) ORDER BY job_uid, id
      """;

  private static final String COLUMNS =
      """
      r.id, r.nominal_at, r.job_uid, r.occurrence, r.revision, r.state, r.reason, r.stretch_from,
             r.stretch_to, r.stretch_count,
             CASE WHEN r.attempt > 1 THEN (
                    SELECT min(t.dispatched_at) FROM attempt t
                     WHERE t.run_id = r.id AND t.nominal_at = r.nominal_at)
                  ELSE r.dispatched_at END AS handed_over_at\
      """;

  /** A page of each job's rows from where it stands: the unique index has this order. */
  private static final String ROWS =
      """
      SELECT t.*
        FROM unnest(?::bigint[], ?::timestamptz[], ?::bigint[]) AS u(job_uid, nominal_at, occurrence)
       CROSS JOIN LATERAL (
         SELECT %s
           FROM run r
          WHERE r.job_uid = u.job_uid AND r.trigger = 'SCHEDULE'
            AND r.nominal_at >= ? AND r.nominal_at < ?
            AND (r.nominal_at, r.occurrence) > (u.nominal_at, u.occurrence)
          ORDER BY r.nominal_at, r.occurrence LIMIT ?) t
       ORDER BY t.job_uid, t.nominal_at, t.occurrence
      """
          .formatted(COLUMNS);

  private static final String EARLIER_STRETCHES =
      """
      SELECT %s
        FROM run r
       WHERE r.job_uid = ANY(?) AND r.stretch_count > 1 AND r.stretch_to >= ? AND r.nominal_at < ?
         AND r.trigger = 'SCHEDULE'
       ORDER BY r.job_uid, r.nominal_at
      """
          .formatted(COLUMNS);

  /**
   * A run holds its slot from the start of its first attempt; a forced one has none. Starts and
   * ends are told by servers that know the database's time within a round trip, so a small overlap
   * is none.
   */
  private static final String OVERLAPS =
      """
      WITH held AS (
        SELECT r.id, r.job_uid, r.revision, r.finished_at,
               least(r.started_at, CASE WHEN r.attempt > 1 THEN (
                 SELECT min(t.started_at) FROM attempt t
                  WHERE t.run_id = r.id AND t.nominal_at = r.nominal_at) END) AS started_at
          FROM run r
         WHERE r.job_uid = ANY(?) AND r.nominal_at >= ? AND r.nominal_at < ?
           AND r.started_at IS NOT NULL AND NOT r.forced),
      ordered AS (
        SELECT h.*,
               lag(id) OVER w AS other,
               max(coalesce(finished_at, 'infinity')) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING
                 AND 1 PRECEDING) AS busy_until
          FROM held h WINDOW w AS (PARTITION BY job_uid ORDER BY started_at, id))
      SELECT job_uid, revision, id, other, started_at, least(busy_until, clock_timestamp()) AS until
        FROM ordered WHERE started_at + ? * interval '1 millisecond' < busy_until
       ORDER BY job_uid, started_at LIMIT ?
      """;

  /**
   * What is under way says when somebody looks at it again; a run without any limit says nothing
   * while its node is there, and one that is held waits for a person.
   */
  private static final String UNFINISHED =
      """
      SELECT r.id, r.job_uid, r.revision, r.nominal_at, r.state, r.wake_at, r.deadline_at,
             clock_timestamp() AS now
        FROM run r
       WHERE r.state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING') AND r.job_uid = ANY(?)
         AND r.reason IS DISTINCT FROM 'HELD' AND r.nominal_at >= ? AND r.nominal_at < least(?, clock_timestamp() - interval '1 minute')
         AND (r.wake_at < clock_timestamp() - interval '1 minute'
              OR r.deadline_at < clock_timestamp() - interval '1 minute'
              OR (r.wake_at IS NULL AND NOT (r.state = 'RUNNING' AND (r.member_count > 0 OR EXISTS (
                   SELECT 1 FROM node n WHERE n.id = r.node_id
                      AND n.lease_until > clock_timestamp() - interval '1 minute')))))
       ORDER BY r.id LIMIT ?
      """;

  /** A job of a page, and when the page was read. */
  record Listed(long uid, JobKey key, Optional<Instant> nextFireAt, Instant now) {}

  /** Which jobs are looked at. */
  record Choice(Reach apps, Optional<String> name) {}

  /** A row and where it stands in the order of its job. */
  record Placed(long jobUid, long occurrence, LedgerRow row) {}

  /** From where on a job's rows are read. */
  record Place(long jobUid, Instant nominalAt, long occurrence) {}

  /** A run that began while another of its job held the slot. */
  record Overlap(
      long jobUid, int revision, long runId, long other, Instant started, Instant until) {}

  /** A run that nobody looks after, or that is past its deadline. */
  record Unfinished(
      long jobUid, int revision, long runId, Instant nominalAt, RunState state, Look look) {
    JobVersion.Id version() {
      return new JobVersion.Id(jobUid, revision);
    }
  }

  /** When somebody has to look at a run, when it had to be over, and when that was read. */
  record Look(Optional<Instant> wakeAt, Optional<Instant> deadlineAt, Instant now) {}

  List<Listed> jobs(Tx tx, long after, LedgerCheck.Window window, Choice choice, int limit) {
    return tx.query(
        JOBS,
        row ->
            new Listed(
                row.longNumber("uid"),
                new JobKey(row.text("app"), row.text("name")),
                row.optionalInstant("next_fire_at"),
                row.instant("now")),
        after,
        window.until(),
        window.from(),
        choice.apps().names().isEmpty(),
        SqlArray.texts(choice.apps().names().orElse(Set.of())),
        choice.name(),
        choice.name(),
        limit);
  }

  Map<Long, List<Term>> terms(Tx tx, Collection<Long> jobUids) {
    Map<Long, List<Term>> terms = new HashMap<>();
    tx.query(
        TERMS,
        row -> {
          List<Term> own =
              terms.computeIfAbsent(row.longNumber("job_uid"), uid -> new ArrayList<>());
          if (row.flag("new_rules")) {
            // What the old rules of its time zone gave cannot be recomputed by the new ones.
            own.clear();
          }
          return own.add(term(row));
        },
        SqlArray.longs(jobUids));
    return terms;
  }

  /** Up to {@code limit} rows of each job, from its place on, by job and time. */
  List<Placed> rows(Tx tx, List<Place> places, LedgerCheck.Window window, int limit) {
    return tx.query(
        ROWS,
        VerifyStore::placed,
        SqlArray.longs(places.stream().map(Place::jobUid).toList()),
        SqlArray.instants(places.stream().map(Place::nominalAt).toList()),
        SqlArray.longs(places.stream().map(Place::occurrence).toList()),
        window.from(),
        window.until(),
        limit);
  }

  /** Stretches that reach into the window from before it. */
  List<Placed> earlierStretches(Tx tx, Collection<Long> jobUids, Instant from) {
    return tx.query(EARLIER_STRETCHES, VerifyStore::placed, SqlArray.longs(jobUids), from, from);
  }

  List<Overlap> overlaps(
      Tx tx, Collection<Long> jobUids, LedgerCheck.Window window, Duration blur, int limit) {
    return tx.query(
        OVERLAPS,
        row ->
            new Overlap(
                row.longNumber("job_uid"),
                row.number("revision"),
                row.longNumber("id"),
                row.longNumber("other"),
                row.instant("started_at"),
                row.instant("until")),
        SqlArray.longs(jobUids),
        window.from(),
        window.until(),
        blur.toMillis(),
        limit);
  }

  List<Unfinished> unfinished(
      Tx tx, Collection<Long> jobUids, LedgerCheck.Window window, int limit) {
    return tx.query(
        UNFINISHED,
        row ->
            new Unfinished(
                row.longNumber("job_uid"),
                row.number("revision"),
                row.longNumber("id"),
                row.instant("nominal_at"),
                row.constant("state", RunState.class),
                new Look(
                    row.optionalInstant("wake_at"),
                    row.optionalInstant("deadline_at"),
                    row.instant("now"))),
        SqlArray.longs(jobUids),
        window.from(),
        window.until(),
        limit);
  }

  Instant now(Tx tx) {
    return tx.one("SELECT clock_timestamp() AS now", row -> row.instant("now"));
  }

  private static Term term(Row row) {
    return new Term(
        row.number("revision"),
        row.constant("state", Term.State.class),
        row.instant("asked_at"),
        row.instant("since"),
        row.optionalInstant("withdrawn_at"),
        row.optionalInstant("first_at"));
  }

  private static Placed placed(Row row) {
    Instant nominal = row.instant("nominal_at");
    Optional<Instant> from = row.optionalInstant("stretch_from");
    return new Placed(
        row.longNumber("job_uid"),
        row.longNumber("occurrence"),
        new LedgerRow(
            row.longNumber("id"),
            nominal,
            row.number("revision"),
            row.constant("state", RunState.class),
            row.optionalText("reason").map(ReasonCode::valueOf),
            from.map(
                f -> new Stretch(f, row.instant("stretch_to"), row.longNumber("stretch_count"))),
            row.optionalInstant("handed_over_at").map(at -> Duration.between(nominal, at))));
  }
}
