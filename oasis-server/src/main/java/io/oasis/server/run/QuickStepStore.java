package io.oasis.server.run;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the three steps of every ordinary run. They were decided on what this server remembers of
 * the runs, which nobody holds: so each statement names all that the decision rests on, and leaves
 * alone what such a step does not touch. The bounds of the nominal times keep the statement to one
 * day's partition; the state is a query of its own, so that PostgreSQL does not search the index of
 * all runs that are under way. Arrays are taken apart in a {@code SELECT}: in {@code FROM} each of
 * them would be written to a store of its own first.
 */
@Singleton
class QuickStepStore {
  private static final String HAND_OVER =
      """
      UPDATE run r
         SET state = 'DISPATCHED', reason = NULL, message = NULL, owner_server = u.owner_server,
             wake_at = u.wake_at, node_id = u.node_id, node_why = u.node_why, epoch = r.epoch + 1,
             dispatched_at = u.dispatched_at, started_at = NULL, deadline_at = u.deadline_at,
             last_log_seq = 0
        FROM (SELECT unnest(?::bigint[]) AS id, unnest(?::timestamptz[]) AS nominal_at,
                     unnest(?::bigint[]) AS old_epoch, unnest(?::text[]) AS owner_server,
                     unnest(?::timestamptz[]) AS wake_at, unnest(?::text[]) AS node_id,
                     unnest(?::text[]) AS node_why, unnest(?::timestamptz[]) AS dispatched_at,
                     unnest(?::timestamptz[]) AS deadline_at) u
       WHERE r.id = u.id AND r.nominal_at = u.nominal_at
         AND r.id = ANY(?) AND r.nominal_at BETWEEN ? AND ?
         AND r.state = (SELECT 'QUEUED') AND r.reason = 'WAITING_TIME' AND r.epoch = u.old_epoch
         AND r.nominal_at <= clock_timestamp()
      RETURNING r.id
      """;

  /**
   * A run of the schedule that is handed over as it is written. One whose time is still to come by
   * the database's own clock is not written.
   */
  private static final String INSERT =
      """
      INSERT INTO run AS r (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state,
             owner_server, wake_at, node_id, node_why, attempt, max_attempts, epoch, created_at,
             dispatched_at, deadline_at)
      SELECT u.id, u.nominal_at, u.job_uid, u.app_id, u.revision, 'SCHEDULE', 0, 'DISPATCHED',
             u.owner_server, u.wake_at, u.node_id, u.node_why, 1, u.max_attempts, 1, u.created_at,
             u.dispatched_at, u.deadline_at
        FROM (SELECT unnest(?::bigint[]) AS id, unnest(?::timestamptz[]) AS nominal_at,
                     unnest(?::bigint[]) AS job_uid, unnest(?::bigint[]) AS app_id,
                     unnest(?::int[]) AS revision, unnest(?::text[]) AS owner_server,
                     unnest(?::timestamptz[]) AS wake_at, unnest(?::text[]) AS node_id,
                     unnest(?::text[]) AS node_why, unnest(?::int[]) AS max_attempts,
                     unnest(?::timestamptz[]) AS created_at,
                     unnest(?::timestamptz[]) AS dispatched_at,
                     unnest(?::timestamptz[]) AS deadline_at) u
       WHERE u.nominal_at <= clock_timestamp()
      %s
      RETURNING r.id
      """;

  private static final String INSERT_NEW = INSERT.formatted("");

  /** One that is in the ledger is left out. */
  private static final String INSERT_MISSING =
      INSERT.formatted("ON CONFLICT ON CONSTRAINT run_occurrence_unique DO NOTHING");

  /**
   * A start keeps the reason: it says that this is the second node after one without the handler.
   */
  private static final String REPORTED =
      """
      UPDATE run r
         SET state = u.state, reason = CASE WHEN u.finished_at IS NULL THEN r.reason END,
             message = CASE WHEN u.finished_at IS NULL THEN r.message END,
             wake_at = u.wake_at, started_at = u.started_at, deadline_at = u.deadline_at,
             finished_at = u.finished_at, result = u.result, last_log_seq = u.last_log_seq
        FROM (SELECT unnest(?::bigint[]) AS id, unnest(?::timestamptz[]) AS nominal_at,
                     unnest(?::text[]) AS old_state, unnest(?::bigint[]) AS old_epoch,
                     unnest(?::text[]) AS state, unnest(?::timestamptz[]) AS wake_at,
                     unnest(?::timestamptz[]) AS started_at,
                     unnest(?::timestamptz[]) AS deadline_at,
                     unnest(?::timestamptz[]) AS finished_at, unnest(?::text[]) AS result,
                     unnest(?::bigint[]) AS last_log_seq) u
       WHERE r.id = u.id AND r.nominal_at = u.nominal_at
         AND r.id = ANY(?) AND r.nominal_at BETWEEN ? AND ?
         AND r.state = u.old_state AND r.epoch = u.old_epoch
      RETURNING r.id
      """;

  /**
   * Hands over runs that wait for nothing but their time.
   *
   * @return the runs that stood as the steps expected them
   */
  Set<Long> handOver(Tx tx, List<Step> steps) {
    if (steps.isEmpty()) {
      return Set.of();
    }
    List<Instant> nominal = part(steps, s -> s.before().nominalAt());
    return ids(
        tx,
        HAND_OVER,
        SqlArray.longs(part(steps, s -> s.before().id())),
        SqlArray.instants(nominal),
        SqlArray.longs(part(steps, s -> s.before().standing().epoch())),
        SqlArray.texts(after(steps, now -> now.ownerServer().orElse(null))),
        SqlArray.instants(after(steps, now -> now.wakeAt().orElse(null))),
        SqlArray.texts(after(steps, now -> now.nodeId().orElse(null))),
        SqlArray.texts(after(steps, now -> now.nodeWhy().orElse(null))),
        SqlArray.instants(after(steps, now -> now.dispatchedAt().orElse(null))),
        SqlArray.instants(after(steps, now -> now.deadlineAt().orElse(null))),
        SqlArray.longs(part(steps, s -> s.before().id())),
        Collections.min(nominal),
        Collections.max(nominal));
  }

  /**
   * Writes runs of the schedule that are handed over with it.
   *
   * @return the runs that were not in the ledger, and whose time had come
   */
  Set<Long> insert(Tx tx, List<Step> steps) {
    if (steps.isEmpty()) {
      return Set.of();
    }
    List<RunRow.Origin> origins = part(steps, s -> s.before().origin());
    Object[] parameters = {
      SqlArray.longs(part(steps, s -> s.before().id())),
      SqlArray.instants(part(steps, s -> s.before().nominalAt())),
      SqlArray.longs(origins.stream().map(RunRow.Origin::jobUid).toList()),
      SqlArray.longs(origins.stream().map(RunRow.Origin::appId).toList()),
      SqlArray.ints(origins.stream().map(RunRow.Origin::revision).toList()),
      SqlArray.texts(after(steps, now -> now.ownerServer().orElse(null))),
      SqlArray.instants(after(steps, now -> now.wakeAt().orElse(null))),
      SqlArray.texts(after(steps, now -> now.nodeId().orElse(null))),
      SqlArray.texts(after(steps, now -> now.nodeWhy().orElse(null))),
      SqlArray.ints(origins.stream().map(RunRow.Origin::maxAttempts).toList()),
      SqlArray.instants(origins.stream().map(RunRow.Origin::createdAt).toList()),
      SqlArray.instants(after(steps, now -> now.dispatchedAt().orElse(null))),
      SqlArray.instants(after(steps, now -> now.deadlineAt().orElse(null)))
    };
    Optional<List<Long>> allNew =
        steps.size() < Tx.MANY
            ? Optional.empty()
            : tx.insertNew(INSERT_NEW, row -> row.longNumber("id"), parameters);
    return new HashSet<>(
        allNew.orElseGet(() -> tx.query(INSERT_MISSING, row -> row.longNumber("id"), parameters)));
  }

  /**
   * Writes starts and successes.
   *
   * @return the runs that stood as the steps expected them
   */
  Set<Long> reported(Tx tx, List<Step> steps) {
    if (steps.isEmpty()) {
      return Set.of();
    }
    List<Instant> nominal = part(steps, s -> s.before().nominalAt());
    return ids(
        tx,
        REPORTED,
        SqlArray.longs(part(steps, s -> s.before().id())),
        SqlArray.instants(nominal),
        SqlArray.texts(part(steps, s -> s.before().state())),
        SqlArray.longs(part(steps, s -> s.before().standing().epoch())),
        SqlArray.texts(after(steps, Standing::state)),
        SqlArray.instants(after(steps, now -> now.wakeAt().orElse(null))),
        SqlArray.instants(after(steps, now -> now.startedAt().orElse(null))),
        SqlArray.instants(after(steps, now -> now.deadlineAt().orElse(null))),
        SqlArray.instants(after(steps, now -> now.finishedAt().orElse(null))),
        SqlArray.texts(after(steps, now -> now.result().orElse(null))),
        SqlArray.longs(after(steps, Standing::lastLogSeq)),
        SqlArray.longs(part(steps, s -> s.before().id())),
        Collections.min(nominal),
        Collections.max(nominal));
  }

  private static Set<Long> ids(Tx tx, String sql, Object... parameters) {
    return new HashSet<>(tx.queryByKeys(sql, row -> row.longNumber("id"), parameters));
  }

  private static <T> List<T> after(List<Step> steps, Function<Standing, T> part) {
    return part(steps, step -> part.apply(step.after().standing()));
  }

  private static <T> List<T> part(List<Step> steps, Function<Step, T> part) {
    return steps.stream().map(part).collect(Collectors.toList());
  }
}
