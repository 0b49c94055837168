package io.oasis.server.run;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes new rows of the ledger, a whole batch with one statement. */
@ApplicationScoped
public class RunInsertStore {
  /** The server that writes a run has this long to hand it over, from its time on. */
  private static final String INSERT =
      """
      INSERT INTO run AS r (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state,
             reason, owner_server, wake_at, max_attempts, params, triggered_by, rerun_of,
             created_at, forced)
      SELECT n.id, coalesce(n.nominal_at, n.now), n.job_uid, n.app_id, n.revision, n.trigger,
             CASE WHEN n.trigger = 'SCHEDULE' THEN 0 ELSE n.id END, 'QUEUED', 'WAITING_TIME', ?,
             greatest(n.nominal_at, n.now) + interval '5 seconds', n.max_attempts,
             n.params::jsonb, n.triggered_by, n.rerun_of, n.now, n.forced
        FROM (SELECT u.*, nextval('run_id') AS id, clock_timestamp() AS now
                FROM (SELECT unnest(?::timestamptz[]) AS nominal_at,
                             unnest(?::bigint[]) AS job_uid, unnest(?::bigint[]) AS app_id,
                             unnest(?::int[]) AS revision, unnest(?::text[]) AS trigger,
                             unnest(?::int[]) AS max_attempts, unnest(?::text[]) AS params,
                             unnest(?::text[]) AS triggered_by,
                             unnest(?::bigint[]) AS rerun_of,
                             unnest(?::boolean[]) AS forced) u
               ORDER BY u.nominal_at) n
      ON CONFLICT ON CONSTRAINT run_occurrence_unique DO NOTHING
      RETURNING %s
      """
          .formatted(RunColumns.ALL);

  private static final String NEW_IDS = "SELECT nextval('run_id') AS id FROM generate_series(1, ?)";

  /** A time that was skipped may share its instant with one that fires: the first after a gap. */
  private static final String STRETCHES =
      """
      INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state, reason,
             finished_at, stretch_from, stretch_to, stretch_count)
      SELECT nextval('run_id'), u.from_at, u.job_uid, u.app_id, u.revision, 'SCHEDULE',
             CASE WHEN u.state = 'SKIPPED' THEN -1 ELSE 0 END, u.state, u.reason,
             clock_timestamp(), u.from_at, u.to_at, u.count
        FROM unnest(?::bigint[], ?::bigint[], ?::int[], ?::text[], ?::text[], ?::timestamptz[],
               ?::timestamptz[], ?::bigint[])
          AS u(job_uid, app_id, revision, state, reason, from_at, to_at, count)
      ON CONFLICT ON CONSTRAINT run_occurrence_unique DO NOTHING
      RETURNING id, job_uid, nominal_at, state
      """;

  /** Nobody looks at them by themselves: they have no time to wake up at. */
  private static final String HOLD =
      """
      WITH held AS (
        UPDATE run r SET reason = 'HELD', message = ?, wake_at = NULL, owner_server = NULL
          FROM unnest(?::bigint[], ?::timestamptz[]) AS u(id, nominal_at)
         WHERE r.id = u.id AND r.nominal_at = u.nominal_at
        RETURNING r.id, r.nominal_at, r.message)
      INSERT INTO run_event (run_id, nominal_at, kind, attempt, reason, detail)
      SELECT id, nominal_at, 'WAITING', 1, 'HELD', message FROM held
      """;

  private static final String KEY =
      """
      INSERT INTO trigger_key (job_uid, key, run_id) VALUES (?, ?, ?)
      """;

  private static final String FIND_KEY =
      """
      SELECT run_id FROM trigger_key
       WHERE job_uid = ? AND key = ? AND created_at > now() - interval '24 hours'
         FOR UPDATE
      """;

  private static final String DROP_OLD_KEY =
      """
      DELETE FROM trigger_key
       WHERE job_uid = ? AND key = ? AND created_at <= now() - interval '24 hours'
      """;

  /**
   * Writes runs; one whose (job, nominal time) is in the ledger already is not in the answer.
   *
   * @param server that is to hand them over
   */
  public List<RunRow> insert(Tx tx, String server, List<NewRun> runs) {
    if (runs.isEmpty()) {
      return List.of();
    }
    return tx.query(
        INSERT,
        RunColumns::read,
        server,
        SqlArray.instants(part(runs, r -> r.nominalAt().orElse(null))),
        SqlArray.longs(part(runs, r -> r.job().id().jobUid())),
        SqlArray.longs(part(runs, r -> r.job().appId())),
        SqlArray.ints(part(runs, r -> r.job().id().revision())),
        SqlArray.texts(part(runs, NewRun::trigger)),
        SqlArray.ints(part(runs, r -> r.job().spec().retry().max() + 1)),
        SqlArray.texts(part(runs, r -> r.params().map(RunParams::write).orElse(null))),
        SqlArray.texts(part(runs, r -> r.by().orElse(null))),
        SqlArray.longs(part(runs, r -> r.rerunOf().orElse(null))),
        SqlArray.flags(part(runs, NewRun::forced)));
  }

  /** Ids for runs that are written elsewhere, in rising order. */
  public List<Long> newIds(Tx tx, int count) {
    return tx.query(NEW_IDS, row -> row.longNumber("id"), count);
  }

  /**
   * Writes runs that wait for a person's word.
   *
   * @param why one line for people
   */
  public void insertHeld(Tx tx, String server, List<NewRun> runs, String why) {
    List<RunRow> held = insert(tx, server, runs);
    if (!held.isEmpty()) {
      tx.update(
          HOLD,
          why,
          SqlArray.longs(part(held, RunRow::id)),
          SqlArray.instants(part(held, RunRow::nominalAt)));
    }
  }

  /**
   * Writes stretches of times that did not run.
   *
   * @return for each of them the id of its row; null: the ledger had it before
   */
  public List<Long> insertStretches(Tx tx, List<NewStretch> stretches) {
    if (stretches.isEmpty()) {
      return List.of();
    }
    record Place(long jobUid, Instant from, RunState state) {}
    Map<Place, Long> ids = new HashMap<>();
    tx.query(
        STRETCHES,
        row ->
            ids.put(
                new Place(
                    row.longNumber("job_uid"),
                    row.instant("nominal_at"),
                    row.constant("state", RunState.class)),
                row.longNumber("id")),
        SqlArray.longs(part(stretches, s -> s.job().id().jobUid())),
        SqlArray.longs(part(stretches, s -> s.job().appId())),
        SqlArray.ints(part(stretches, s -> s.job().id().revision())),
        SqlArray.texts(part(stretches, NewStretch::state)),
        SqlArray.texts(part(stretches, NewStretch::reason)),
        SqlArray.instants(part(stretches, NewStretch::from)),
        SqlArray.instants(part(stretches, NewStretch::to)),
        SqlArray.longs(part(stretches, NewStretch::count)));
    return part(stretches, s -> ids.get(new Place(s.job().id().jobUid(), s.from(), s.state())));
  }

  /** The run that the key made within the last 24 hours. */
  java.util.Optional<Long> findKey(Tx tx, long jobUid, String key) {
    return tx.first(FIND_KEY, row -> row.longNumber("run_id"), jobUid, key);
  }

  /** Notes which run the key made. */
  void keepKey(Tx tx, long jobUid, String key, long runId) {
    tx.update(DROP_OLD_KEY, jobUid, key);
    tx.update(KEY, jobUid, key, runId);
  }

  private static <T, P> List<P> part(List<T> of, Function<T, P> part) {
    return of.stream().map(part).collect(Collectors.toList());
  }
}
