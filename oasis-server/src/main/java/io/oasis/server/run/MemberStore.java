package io.oasis.server.run;

import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** SQL over the members of broadcasts, which are rows of {@code attempt} with a member number. */
@ApplicationScoped
public class MemberStore {
  private static final String COLUMNS =
      """
      a.run_id, a.nominal_at, a.attempt, a.member, a.node_id, a.epoch, a.state, a.reason, a.message,
      a.dispatched_at, a.started_at, a.result, a.last_log_seq\
      """;

  private static final String OF_RUNS =
      """
      SELECT %s
        FROM unnest(?::bigint[], ?::timestamptz[]) AS u(id, nominal_at)
        JOIN attempt a ON a.run_id = u.id AND a.nominal_at = u.nominal_at
       WHERE a.member > 0
       ORDER BY a.run_id, a.attempt, a.member
      """
          .formatted(COLUMNS);

  /**
   * From the few active broadcasts to their members: the CTE and the OFFSET are the planner's
   * fences, without which it may search the whole history of attempts.
   */
  static final String ACTIVE =
      """
      WITH live AS MATERIALIZED (
        SELECT id, nominal_at, epoch FROM run
         WHERE state IN ('DISPATCHED', 'RUNNING', 'KILLING') AND member_count > 0)
      SELECT %s
        FROM live r
       CROSS JOIN LATERAL (
         SELECT * FROM attempt t
          WHERE t.run_id = r.id AND t.nominal_at = r.nominal_at AND t.epoch = r.epoch
            AND t.member > 0 AND t.state IN ('DISPATCHED', 'RUNNING', 'KILLING') OFFSET 0) a
       WHERE a.node_id = ANY(?)
       ORDER BY a.run_id, a.member
      """
          .formatted(COLUMNS);

  static final String TO_SEND =
      """
      WITH live AS MATERIALIZED (
        SELECT id, nominal_at, epoch FROM run
         WHERE state IN ('DISPATCHED', 'RUNNING') AND member_count > 0)
      SELECT %s
        FROM live r
       CROSS JOIN LATERAL (
         SELECT * FROM attempt t
          WHERE t.run_id = r.id AND t.nominal_at = r.nominal_at AND t.epoch = r.epoch
            AND t.member > 0 AND t.state = 'DISPATCHED' OFFSET 0) a
        JOIN node n ON n.id = a.node_id AND n.server_id = ?
      """
          .formatted(COLUMNS);

  private static final String LEFT_BEHIND =
      """
      SELECT a.run_id, a.nominal_at, a.attempt, a.epoch, a.member
        FROM unnest(?::bigint[], ?::timestamptz[]) AS u(id, nominal_at)
        JOIN attempt a ON a.run_id = u.id AND a.nominal_at = u.nominal_at
       WHERE a.member > 0 AND a.state = 'DISPATCHED' AND a.reason = 'NO_FREE_SLOT'
         AND NOT EXISTS (SELECT 1 FROM node n WHERE n.id = a.node_id AND n.state <> 'OFFLINE')
      """;

  private static final String INSERT =
      """
      INSERT INTO attempt (run_id, nominal_at, attempt, member, node_id, epoch, state, dispatched_at)
      SELECT u.*, 'DISPATCHED', clock_timestamp()
        FROM unnest(?::bigint[], ?::timestamptz[], ?::int[], ?::int[], ?::text[], ?::bigint[]) AS u
      """;

  private static final String SAVE =
      """
      UPDATE attempt a
         SET state = u.state, reason = u.reason, message = u.message, started_at = u.started_at,
             result = u.result, last_log_seq = u.last_log_seq,
             finished_at = CASE WHEN u.state IN ('DISPATCHED', 'RUNNING', 'KILLING') THEN NULL
                                ELSE clock_timestamp() END
        FROM unnest(?::bigint[], ?::timestamptz[], ?::int[], ?::int[], ?::bigint[], ?::text[],
               ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::bigint[])
          AS u(run_id, nominal_at, attempt, member, epoch, state, reason, message, started_at,
               result, last_log_seq)
       WHERE a.run_id = u.run_id AND a.nominal_at = u.nominal_at AND a.attempt = u.attempt
         AND a.member = u.member AND a.epoch = u.epoch
         AND a.state IN ('DISPATCHED', 'RUNNING', 'KILLING')
      """;

  private static final String SENT =
      """
      UPDATE attempt a SET reason = NULL, message = NULL, dispatched_at = clock_timestamp()
        FROM unnest(?::bigint[], ?::timestamptz[], ?::int[], ?::int[])
          AS u(run_id, nominal_at, attempt, member)
       WHERE a.run_id = u.run_id AND a.nominal_at = u.nominal_at AND a.attempt = u.attempt
         AND a.member = u.member AND a.state = 'DISPATCHED'
      """;

  /** Members that waited for a slot of their node are sent to it now. */
  public void sent(Tx tx, List<Member> members) {
    if (!members.isEmpty()) {
      tx.update(
          SENT,
          longs(members, m -> m.handle().runId()),
          instants(members, m -> m.handle().nominalAt()),
          ints(members, m -> m.handle().attempt()),
          ints(members, m -> m.handle().member()));
    }
  }

  /** All members of the runs, of all attempts. */
  public List<Member> ofRuns(Tx tx, Collection<RunRow> runs) {
    List<RunRow> list = List.copyOf(runs);
    return tx.query(
        OF_RUNS,
        MemberStore::read,
        SqlArray.longs(list.stream().map(RunRow::id).toList()),
        SqlArray.instants(list.stream().map(RunRow::nominalAt).toList()));
  }

  /**
   * Members of these runs that wait for a slot of a node that is there no more. A node that ends in
   * good order has no runs, so nobody looks for what waits for it.
   */
  public Set<RunHandle> leftBehind(Tx tx, Collection<RunRow> runs) {
    if (runs.isEmpty()) {
      return Set.of();
    }
    return Set.copyOf(
        tx.query(
            LEFT_BEHIND,
            MemberStore::readHandle,
            SqlArray.longs(runs.stream().map(RunRow::id).toList()),
            SqlArray.instants(runs.stream().map(RunRow::nominalAt).toList())));
  }

  /** Members that are under way on the nodes. */
  public List<Member> activeOn(Tx tx, Collection<String> nodeIds) {
    return tx.queryByKeys(ACTIVE, MemberStore::read, SqlArray.texts(nodeIds));
  }

  /** Parts that the server has to send to its nodes, sent already or not. */
  public List<Member> toSend(Tx tx, String server) {
    return tx.queryByKeys(TO_SEND, MemberStore::read, server);
  }

  /** Writes members that are handed over now. */
  public void insert(Tx tx, List<Member> members) {
    if (members.isEmpty()) {
      return;
    }
    tx.update(
        INSERT,
        longs(members, m -> m.handle().runId()),
        instants(members, m -> m.handle().nominalAt()),
        ints(members, m -> m.handle().attempt()),
        ints(members, m -> m.handle().member()),
        texts(members, Member::nodeId),
        longs(members, m -> m.handle().epoch()));
  }

  /** Writes how members stand now; one that is over is not touched again. */
  public void save(Tx tx, List<Member> members) {
    if (members.isEmpty()) {
      return;
    }
    tx.update(
        SAVE,
        longs(members, m -> m.handle().runId()),
        instants(members, m -> m.handle().nominalAt()),
        ints(members, m -> m.handle().attempt()),
        ints(members, m -> m.handle().member()),
        longs(members, m -> m.handle().epoch()),
        texts(members, Member::state),
        texts(members, m -> m.reason().orElse(null)),
        texts(members, m -> m.message().orElse(null)),
        instants(members, m -> m.startedAt().orElse(null)),
        texts(members, m -> m.result().orElse(null)),
        longs(members, Member::lastLogSeq));
  }

  private static Member read(Row row) {
    return new Member(
        readHandle(row),
        row.text("node_id"),
        row.constant("state", RunState.class),
        row.optionalText("reason").map(ReasonCode::valueOf),
        row.optionalText("message"),
        row.instant("dispatched_at"),
        row.optionalInstant("started_at"),
        row.optionalText("result"),
        row.longNumber("last_log_seq"));
  }

  private static RunHandle readHandle(Row row) {
    return new RunHandle(
        row.longNumber("run_id"),
        row.instant("nominal_at"),
        row.number("attempt"),
        row.longNumber("epoch"),
        row.number("member"));
  }

  private static SqlArray longs(List<Member> of, Function<Member, Long> part) {
    return SqlArray.longs(of.stream().map(part).toList());
  }

  private static SqlArray ints(List<Member> of, Function<Member, Integer> part) {
    return SqlArray.ints(of.stream().map(part).toList());
  }

  private static SqlArray texts(List<Member> of, Function<Member, Object> part) {
    return SqlArray.texts(of.stream().map(part).collect(Collectors.toList()));
  }

  private static SqlArray instants(List<Member> of, Function<Member, Instant> part) {
    return SqlArray.instants(of.stream().map(part).collect(Collectors.toList()));
  }
}
