package io.oasis.server.alarm;

import io.oasis.manifest.Alarm;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.run.Remark;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The SQL that final states cause: every statement moves a whole batch. */
@ApplicationScoped
public class AlarmWriteStore {
  /** Stands for the owner among the addresses of a manifest. */
  static final String OWNER = "owner";

  static final String NO_OWNER = Remark.NO_OWNER_ADDRESS.text();

  /**
   * The rows are locked in the order of the select. Whether a failure is told again is decided
   * under the lock, by the time of the one that was told last.
   */
  private static final String OPEN =
      """
      INSERT INTO incident AS i (job_uid, app_id, kind, opened_at, first_run_id, failures,
             last_run_id, last_failed_at, reason, message, told_run_id, told_at, repeat_ms)
      SELECT u.job_uid, u.app_id, u.kind, u.at, u.first_run, u.failures, u.last_run, u.at, u.reason,
             u.message, u.last_run, u.at, u.repeat_ms
        FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::timestamptz[], ?::bigint[],
               ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[])
          AS u(job_uid, app_id, kind, at, first_run, failures, last_run, reason, message, repeat_ms)
       ORDER BY u.job_uid, u.kind
      ON CONFLICT (job_uid, kind) WHERE resolved_at IS NULL DO UPDATE
         SET failures = i.failures + excluded.failures, last_run_id = excluded.last_run_id,
             last_failed_at = excluded.last_failed_at, reason = excluded.reason,
             message = excluded.message, repeat_ms = excluded.repeat_ms,
             told_run_id = CASE WHEN i.acknowledged_at IS NULL AND excluded.told_at
                  >= i.told_at + excluded.repeat_ms * interval '1 millisecond'
                THEN excluded.told_run_id ELSE i.told_run_id END,
             told_at = CASE WHEN i.acknowledged_at IS NULL AND excluded.told_at
                  >= i.told_at + excluded.repeat_ms * interval '1 millisecond'
                THEN excluded.told_at ELSE i.told_at END
      RETURNING i.id, i.job_uid, i.kind, i.failures, i.first_run_id, i.xmax = 0 AS is_new,
                i.told_run_id = i.last_run_id AS told
      """;

  /** The partial index holds the open ones only, which are few whatever the history. */
  static final String LOCK_OPEN =
      """
      SELECT id, job_uid, failures FROM incident
       WHERE job_uid = ANY(?) AND resolved_at IS NULL
       ORDER BY job_uid, kind FOR UPDATE
      """;

  private static final String RESOLVE =
      """
      UPDATE incident i SET resolved_at = u.at, resolved_run_id = u.run
        FROM unnest(?::bigint[], ?::timestamptz[], ?::bigint[]) AS u(id, at, run)
       WHERE i.id = u.id
      """;

  private static final String OWNERS =
      "SELECT id, owner_email FROM app WHERE id = ANY(?) AND owner_email <> ''";

  private static final String INSERT =
      """
      INSERT INTO alarm (incident_id, event, run_id, failures, channel, address, language, state,
             error, due_at)
      SELECT u.incident, u.event, u.run, u.failures, u.channel, u.address, u.language,
             CASE WHEN u.error IS NULL THEN 'PENDING' ELSE 'FAILED' END, u.error,
             clock_timestamp() + ? * interval '1 millisecond'
        FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
               ?::text[], ?::text[])
          AS u(incident, event, run, failures, channel, address, language, error)
      """;

  /**
   * What became of a trouble.
   *
   * @param key of the trouble
   * @param incident that stands for it
   * @param isNew true when it was opened by it
   * @param failures of the incident so far
   * @param told true when people are to be told
   */
  record Opened(Trouble.Key key, long incident, boolean isNew, long failures, boolean told) {}

  /** An open incident that this transaction has locked. */
  record Open(long id, long jobUid, long failures) {}

  /** A row of the outbox that is to be written. */
  record Line(
      long incident,
      Delivery.Event event,
      long run,
      long failures,
      Delivery.Channel channel,
      String address,
      String language) {}

  /** Opens an incident for each trouble, or counts it in the one that is open. */
  List<Opened> open(Tx tx, List<Trouble> troubles) {
    return tx.query(
        OPEN,
        row ->
            new Opened(
                new Trouble.Key(row.longNumber("job_uid"), row.constant("kind", Alarm.Event.class)),
                row.longNumber("id"),
                row.flag("is_new"),
                row.longNumber("failures"),
                row.flag("told")),
        SqlArray.longs(part(troubles, t -> t.key().jobUid())),
        SqlArray.longs(part(troubles, t -> t.job().appId())),
        SqlArray.texts(part(troubles, t -> t.key().kind())),
        SqlArray.instants(part(troubles, Trouble::at)),
        SqlArray.longs(part(troubles, Trouble::firstRun)),
        SqlArray.longs(part(troubles, Trouble::failures)),
        SqlArray.longs(part(troubles, Trouble::lastRun)),
        SqlArray.texts(part(troubles, t -> t.why().reason().orElse(null))),
        SqlArray.texts(part(troubles, t -> t.why().message().orElse(null))),
        SqlArray.longs(
            part(
                troubles,
                t -> t.job().spec().alarm().repeat().map(Duration::toMillis).orElse(null))));
  }

  /** Locks the open incidents of the jobs. */
  List<Open> lockOpen(Tx tx, Collection<Long> jobUids) {
    return tx.query(
        LOCK_OPEN,
        row ->
            new Open(row.longNumber("id"), row.longNumber("job_uid"), row.longNumber("failures")),
        SqlArray.longs(jobUids));
  }

  /** Ends locked incidents by the successes of their jobs. */
  void resolve(Tx tx, List<Open> incidents, Map<Long, AlarmWriter.Ended> byJob) {
    tx.update(
        RESOLVE,
        SqlArray.longs(part(incidents, Open::id)),
        SqlArray.instants(part(incidents, i -> byJob.get(i.jobUid()).at())),
        SqlArray.longs(part(incidents, i -> byJob.get(i.jobUid()).run().id())));
  }

  /** The addresses of the owners of apps; an app without one is not in the answer. */
  Map<Long, String> ownerAddresses(Tx tx, List<Long> appIds) {
    if (appIds.isEmpty()) {
      return Map.of();
    }
    record Owned(long app, String address) {}
    return tx
        .query(
            OWNERS,
            row -> new Owned(row.longNumber("id"), row.text("owner_email")),
            SqlArray.longs(appIds))
        .stream()
        .collect(Collectors.toMap(Owned::app, Owned::address));
  }

  /** Puts lines into the outbox, due after a while in which others may join them. */
  void insert(Tx tx, List<Line> lines, Duration gather) {
    tx.update(
        INSERT,
        gather.toMillis(),
        SqlArray.longs(part(lines, Line::incident)),
        SqlArray.texts(part(lines, Line::event)),
        SqlArray.longs(part(lines, Line::run)),
        SqlArray.longs(part(lines, Line::failures)),
        SqlArray.texts(part(lines, Line::channel)),
        SqlArray.texts(part(lines, Line::address)),
        SqlArray.texts(part(lines, Line::language)),
        SqlArray.texts(part(lines, l -> error(l).orElse(null))));
  }

  private static Optional<String> error(Line line) {
    return line.channel() == Delivery.Channel.MAIL && line.address().equals(OWNER)
        ? Optional.of(NO_OWNER)
        : Optional.empty();
  }

  private static <T, P> List<P> part(List<T> of, Function<T, P> part) {
    return of.stream().map(part).collect(Collectors.toList());
  }
}
