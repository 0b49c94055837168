package io.oasis.server.run;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * SQL that says which server looks after a run, and when somebody looks at it next. Nothing here
 * moves a run.
 */
@ApplicationScoped
public class ClaimStore {
  private static final String ACTIVE = "('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING')";

  /**
   * The CTE is the planner's fence: the limit is taken before the rows are touched. The time is a
   * query of its own, asked once: only so the index ends the search at it. What was picked is named
   * by key and not joined, so that nothing is looked for when nothing was picked.
   */
  static final String CLAIM_AWAKE =
      """
      WITH due AS MATERIALIZED (
        SELECT id, nominal_at FROM run
         WHERE state IN %s AND wake_at <= (SELECT clock_timestamp())
         ORDER BY wake_at LIMIT ? FOR UPDATE SKIP LOCKED)
      UPDATE run r
         SET owner_server = CASE WHEN r.state = 'QUEUED' THEN ? ELSE r.owner_server END,
             wake_at = least(
               clock_timestamp() + ? * interval '1 millisecond',
               CASE WHEN r.state = 'RUNNING' AND r.deadline_at > clock_timestamp()
                    THEN r.deadline_at END)
       WHERE r.id = ANY(ARRAY(SELECT id FROM due))
         AND r.nominal_at BETWEEN (SELECT min(nominal_at) FROM due)
                              AND (SELECT max(nominal_at) FROM due)
      RETURNING %s
      """
          .formatted(ACTIVE, RunColumns.ALL);

  /**
   * Runs that wait in other servers for a node. Older ones than two days are left to their {@code
   * wake_at}, so that few partitions are asked.
   */
  static final String CLAIM_WAITING =
      """
      WITH picked AS MATERIALIZED (
        SELECT w.id, w.nominal_at
          FROM unnest(?::bigint[], ?::int[], ?::boolean[]) AS u(app_id, slots, whatever)
         CROSS JOIN LATERAL (
           SELECT q.id, q.nominal_at FROM run q
            WHERE q.app_id = u.app_id AND q.state = 'QUEUED'
              AND q.reason IN ('NO_FREE_SLOT', 'NO_EXECUTOR', 'NO_HANDLER')
              AND (u.whatever OR q.reason = 'NO_FREE_SLOT')
              AND q.owner_server IS DISTINCT FROM ?
              AND q.nominal_at > now() - interval '2 days'
            ORDER BY q.nominal_at, q.id LIMIT u.slots FOR UPDATE SKIP LOCKED) w)
      UPDATE run r SET owner_server = ?, wake_at = clock_timestamp() + interval '5 seconds'
       WHERE r.id = ANY(ARRAY(SELECT id FROM picked))
         AND r.nominal_at BETWEEN (SELECT min(nominal_at) FROM picked)
                              AND (SELECT max(nominal_at) FROM picked)
      RETURNING %s
      """
          .formatted(RunColumns.ALL);

  private static final String GIVE_UP =
      """
      UPDATE run r SET owner_server = NULL, wake_at = clock_timestamp()
        FROM unnest(?::bigint[], ?::timestamptz[]) AS u(id, nominal_at)
       WHERE r.id = u.id AND r.nominal_at = u.nominal_at
         AND r.id = ANY(?) AND r.nominal_at BETWEEN ? AND ? AND r.state = 'QUEUED'
         AND r.owner_server = ? AND r.reason IS DISTINCT FROM 'BACKOFF'
      """;

  private static final String LOOK_LATER =
      """
      UPDATE run SET wake_at = clock_timestamp() + ? * interval '1 millisecond'
       WHERE id = ? AND nominal_at = ? AND state IN %s
      """
          .formatted(ACTIVE);

  private static final String COME_UP =
      """
      UPDATE run r SET owner_server = ?, wake_at = clock_timestamp() + interval '5 seconds'
        FROM unnest(?::bigint[], ?::timestamptz[]) AS u(id, nominal_at)
       WHERE r.id = u.id AND r.nominal_at = u.nominal_at
         AND r.id = ANY(?) AND r.nominal_at BETWEEN ? AND ? AND r.state = 'QUEUED'
      """;

  /**
   * Claims runs that somebody has to look at. They are this server's for {@code lease}: if it dies,
   * they come up again.
   */
  public List<RunRow> claimAwake(Tx tx, String server, int limit, Duration lease) {
    return tx.queryByKeys(CLAIM_AWAKE, RunColumns::read, limit, server, lease.toMillis());
  }

  /**
   * Room on the nodes of one server.
   *
   * @param appId the nodes' app
   * @param slots how many runs they could take
   * @param whatever true for runs that wait for another reason than a free slot as well
   */
  public record Room(long appId, int slots, boolean whatever) {}

  /** Claims runs that wait in other servers, as many as there is room for, the oldest first. */
  public List<RunRow> claimWaiting(Tx tx, String server, List<Room> rooms) {
    return tx.queryByKeys(
        CLAIM_WAITING,
        RunColumns::read,
        SqlArray.longs(rooms.stream().map(Room::appId).toList()),
        SqlArray.ints(rooms.stream().map(Room::slots).toList()),
        SqlArray.flags(rooms.stream().map(Room::whatever).toList()),
        server,
        server);
  }

  /**
   * The server does not hand these over any more: whoever looks next does, at their time. A run in
   * its backoff comes up by itself.
   */
  public int giveUp(Tx tx, String server, Collection<RunRow> claimed) {
    if (claimed.isEmpty()) {
      return 0;
    }
    List<RunRow> list = List.copyOf(claimed);
    SqlArray ids = ids(list);
    List<Instant> nominal = nominals(list);
    return tx.updateByKeys(
        GIVE_UP,
        ids,
        SqlArray.instants(nominal),
        ids,
        Collections.min(nominal),
        Collections.max(nominal),
        server);
  }

  /** Nobody looks at the run before {@code pause} is over. */
  public void lookLater(Tx tx, RunRow run, Duration pause) {
    tx.update(LOOK_LATER, pause.toMillis(), run.id(), run.nominalAt());
  }

  /** The server is about to hand these over; if it dies, they come up again. */
  public void comeUpNow(Tx tx, String server, Collection<RunRow> queued) {
    if (!queued.isEmpty()) {
      List<RunRow> list = List.copyOf(queued);
      SqlArray ids = ids(list);
      List<Instant> nominal = nominals(list);
      tx.updateByKeys(
          COME_UP,
          server,
          ids,
          SqlArray.instants(nominal),
          ids,
          Collections.min(nominal),
          Collections.max(nominal));
    }
  }

  private static SqlArray ids(List<RunRow> runs) {
    return SqlArray.longs(runs.stream().map(RunRow::id).toList());
  }

  private static List<Instant> nominals(List<RunRow> runs) {
    return runs.stream().map(RunRow::nominalAt).toList();
  }
}
