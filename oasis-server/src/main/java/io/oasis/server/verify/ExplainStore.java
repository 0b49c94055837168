package io.oasis.server.verify;

import io.oasis.manifest.JobKey;
import io.oasis.schedule.Stretch;
import io.oasis.server.database.Row;
import io.oasis.server.database.Tx;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what explains one nominal time of one job. Writes nothing. */
@ApplicationScoped
class ExplainStore {
  /** A job that is deleted and made again has two lives under one name. */
  private static final String LIVES =
      """
      SELECT j.uid, j.created_at, j.deleted_at, f.next_fire_at, clock_timestamp() AS now
        FROM job j JOIN app a ON a.id = j.app_id LEFT JOIN job_fire f ON f.job_uid = j.uid
       WHERE a.name = ? AND j.name = ? ORDER BY j.created_at, j.uid
      """;

  private static final String COLUMNS =
      """
      SELECT r.id, r.nominal_at, r.revision, r.state, r.reason, r.stretch_from, r.stretch_to,
             r.stretch_count
        FROM run r WHERE r.job_uid = ? AND r.trigger = 'SCHEDULE'
      """;

  private static final String AT =
      COLUMNS + " AND r.nominal_at = ? ORDER BY r.stretch_count NULLS FIRST LIMIT 1";

  private static final String COVERING =
      COLUMNS
          + """
           AND r.stretch_count > 1 AND r.stretch_to >= ? AND r.nominal_at <= ?
           ORDER BY r.nominal_at DESC LIMIT 1
          """;

  private static final String STANDS_FOR_IT =
      COLUMNS
          + """
           AND r.nominal_at > ? AND r.nominal_at < ? + interval '400 days'
           AND r.stretch_count IS NULL
           ORDER BY r.nominal_at LIMIT 1
          """;

  /** A run that waited for a slot had it from the one that ended last before its hand-over. */
  private static final String MADE_ROOM =
      """
      SELECT r.id, r.state, r.finished_at FROM run r
       WHERE r.job_uid = ? AND r.id <> ? AND r.started_at IS NOT NULL
         AND r.nominal_at > ? - interval '7 days' AND r.nominal_at <= ?
         AND r.finished_at BETWEEN ? AND ?
       ORDER BY r.finished_at DESC LIMIT 1
      """;

  private static final String SWITCHED_OFF =
      """
      SELECT at, who, after ->> 'reason' AS reason FROM audit
       WHERE object = ? AND action = 'job.disable' AND at <= ? ORDER BY at DESC LIMIT 1
      """;

  /** One job under a name, from its creation to its end. */
  record Life(
      long uid,
      Instant created,
      Optional<Instant> deleted,
      Optional<Instant> nextFireAt,
      Instant now) {}

  /** A row that says what became of a time. */
  record Said(
      long runId,
      Instant nominalAt,
      int revision,
      RunState state,
      Optional<ReasonCode> reason,
      Optional<Stretch> stretch) {}

  /** A run that ended. */
  record Ended(long runId, RunState state, Instant at) {}

  /** Who switched a job off, and why. */
  record Switch(Instant at, String who, Optional<String> reason) {}

  List<Life> lives(Tx tx, JobKey job) {
    return tx.query(
        LIVES,
        row ->
            new Life(
                row.longNumber("uid"),
                row.instant("created_at"),
                row.optionalInstant("deleted_at"),
                row.optionalInstant("next_fire_at"),
                row.instant("now")),
        job.app(),
        job.name());
  }

  /** The row of a time: its own, or the stretch that it is in. */
  Optional<Said> at(Tx tx, long jobUid, Instant time) {
    return tx.first(AT, ExplainStore::said, jobUid, time)
        .or(() -> tx.first(COVERING, ExplainStore::said, jobUid, time, time));
  }

  /** The first run after a stretch. */
  Optional<Said> standsFor(Tx tx, long jobUid, Stretch stretch) {
    return tx.first(STANDS_FOR_IT, ExplainStore::said, jobUid, stretch.last(), stretch.last());
  }

  /** The run of the same job that ended last between two instants. */
  Optional<Ended> madeRoom(Tx tx, long jobUid, Said run, Instant handedOver) {
    return tx.first(
        MADE_ROOM,
        row ->
            new Ended(
                row.longNumber("id"),
                row.constant("state", RunState.class),
                row.instant("finished_at")),
        jobUid,
        run.runId(),
        run.nominalAt(),
        handedOver,
        run.nominalAt(),
        handedOver);
  }

  Optional<Switch> switchedOff(Tx tx, JobKey job, Instant before) {
    return tx.first(
        SWITCHED_OFF,
        row -> new Switch(row.instant("at"), row.text("who"), row.optionalText("reason")),
        "job " + job,
        before);
  }

  private static Said said(Row row) {
    return new Said(
        row.longNumber("id"),
        row.instant("nominal_at"),
        row.number("revision"),
        row.constant("state", RunState.class),
        row.optionalText("reason").map(ReasonCode::valueOf),
        row.optionalInstant("stretch_from")
            .map(
                from ->
                    new Stretch(from, row.instant("stretch_to"), row.longNumber("stretch_count"))));
  }
}
