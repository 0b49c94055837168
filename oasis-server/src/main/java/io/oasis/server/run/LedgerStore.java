package io.oasis.server.run;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The hot path's SQL over {@code run}: every statement moves a whole batch. A write names the state
 * and the epoch that it was decided on; a row that stands elsewhere by now is not touched and not
 * in the answer.
 */
@Singleton
public class LedgerStore {
  private static final String ACTIVE = "('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING')";

  private static final String LOCK =
      """
      SELECT %s FROM run r
       WHERE r.id = ANY(?) AND r.nominal_at BETWEEN ? AND ?
       ORDER BY r.id
         FOR UPDATE
      """
          .formatted(RunColumns.ALL);

  private static final String LOCK_ONE =
      "SELECT %s FROM run r WHERE r.id = ? FOR UPDATE".formatted(RunColumns.ALL);

  private static final String LOCK_FREE = LOCK.stripTrailing() + " SKIP LOCKED";
  private static final String LOCK_ONE_FREE = LOCK_ONE + " SKIP LOCKED";

  private static final String OF_NODES =
      """
      SELECT %s FROM run r
       WHERE r.state IN ('DISPATCHED', 'RUNNING', 'KILLING') AND r.node_id = ANY(?)
       ORDER BY r.id FOR UPDATE
      """
          .formatted(RunColumns.ALL);

  /**
   * By where the nodes' streams end now, and not by what a hand-over says of it: whoever wrote that
   * may have seen the node where it was a moment before.
   */
  static final String OF_SERVER =
      """
      SELECT %s FROM run r
       WHERE (r.state IN ('DISPATCHED', 'KILLING') AND r.member_count = 0
              AND r.node_id IN (SELECT n.id FROM node n WHERE n.server_id = ?))
          OR (r.state = 'KILLING' AND r.member_count > 0)
      """
          .formatted(RunColumns.ALL);

  private static final String QUEUED_OF_JOB =
      """
      SELECT %s FROM run r WHERE r.state = 'QUEUED' AND r.job_uid = ANY(?) ORDER BY r.id FOR UPDATE
      """
          .formatted(RunColumns.ALL);

  private static final String QUEUED_OF_JOB_FREE = QUEUED_OF_JOB.stripTrailing() + " SKIP LOCKED";

  private static final String MOVE_TO_SERVER =
      """
      UPDATE run r SET owner_server = ?
        FROM unnest(?::bigint[], ?::timestamptz[]) AS u(id, nominal_at)
       WHERE r.id = u.id AND r.nominal_at = u.nominal_at
         AND r.id = ANY(?) AND r.nominal_at BETWEEN ? AND ? AND r.state IN %s
      """
          .formatted(ACTIVE);

  private static final String MADE_NOW =
      "UPDATE run SET created_at = clock_timestamp() WHERE id = ? AND nominal_at = ?";

  private static final String SAVE =
      """
      UPDATE run r
         SET state = u.state, reason = u.reason, message = u.message,
             owner_server = u.owner_server, wake_at = u.wake_at, node_id = u.node_id,
             node_why = u.node_why,
             attempt = u.attempt, epoch = u.epoch, member_count = u.member_count,
             dispatched_at = u.dispatched_at, started_at = u.started_at,
             deadline_at = u.deadline_at, finished_at = u.finished_at, result = u.result,
             last_log_seq = u.last_log_seq, max_attempts = u.max_attempts,
             refused_by = u.refused_by, stop_reason = u.stop_reason
        FROM unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::bigint[], ?::text[], ?::text[],
               ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::int[], ?::bigint[],
               ?::int[],
               ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::text[],
               ?::bigint[], ?::int[], ?::text[], ?::text[])
          AS u(id, nominal_at, old_state, old_epoch, state, reason, message, owner_server, wake_at,
               node_id, node_why, attempt, epoch, member_count, dispatched_at, started_at, deadline_at,
               finished_at, result, last_log_seq, max_attempts, refused_by, stop_reason)
       WHERE r.id = u.id AND r.nominal_at = u.nominal_at
         AND r.id = ANY(?) AND r.nominal_at BETWEEN ? AND ?
         AND r.state = u.old_state AND r.epoch = u.old_epoch
         AND (u.state <> 'DISPATCHED' OR r.nominal_at <= clock_timestamp())
      RETURNING r.id
      """;

  private static final String NOTES =
      """
      INSERT INTO run_event (run_id, nominal_at, kind, attempt, reason, detail, who)
      SELECT * FROM unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::int[], ?::text[], ?::text[],
        ?::text[])
      """;

  private static final String CLOSED =
      """
      INSERT INTO attempt (run_id, nominal_at, attempt, member, node_id, epoch, state, reason,
             message, dispatched_at, started_at, finished_at, last_log_seq, node_why)
      SELECT u.run_id, u.nominal_at, u.attempt, 0, u.node_id, u.epoch, u.state, u.reason, u.message,
             u.dispatched_at, u.started_at, clock_timestamp(), u.last_log_seq, u.node_why
        FROM unnest(?::bigint[], ?::timestamptz[], ?::int[], ?::text[], ?::bigint[], ?::text[],
               ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::bigint[], ?::text[])
          AS u(run_id, nominal_at, attempt, node_id, epoch, state, reason, message, dispatched_at,
               started_at, last_log_seq, node_why)
      ON CONFLICT DO NOTHING
      """;

  private static final String PROGRESS =
      """
      UPDATE run SET progress = ?, progress_text = ?
       WHERE id = ? AND nominal_at = ? AND epoch = ? AND state IN ('RUNNING', 'KILLING')
      """;

  /** Reads runs and holds them until the transaction ends, in the order of their ids. */
  public List<RunRow> lock(Tx tx, Collection<RunHandle> handles) {
    return lock(tx, LOCK, handles);
  }

  /** The times only lead to the partitions: no two runs have one id. */
  private static List<RunRow> lock(Tx tx, String sql, Collection<RunHandle> handles) {
    if (handles.isEmpty()) {
      return List.of();
    }
    List<Instant> nominal = handles.stream().map(RunHandle::nominalAt).toList();
    return tx.queryByKeys(
        sql,
        RunColumns::read,
        SqlArray.longs(handles.stream().map(RunHandle::runId).toList()),
        Collections.min(nominal),
        Collections.max(nominal));
  }

  /**
   * {@link #lock} for whoever must not wait for a run, because it holds slots: those that another
   * transaction holds just now are not in the answer.
   */
  public List<RunRow> lockFree(Tx tx, Collection<RunHandle> handles) {
    return lock(tx, LOCK_FREE, handles);
  }

  /** {@link #lockFree} for a run of which only the id is known. */
  public List<RunRow> lockFree(Tx tx, long runId) {
    return tx.queryByKeys(LOCK_ONE_FREE, RunColumns::read, runId);
  }

  /** {@link #lock} for a run of which only the id is known. */
  public List<RunRow> lock(Tx tx, long runId) {
    return tx.queryByKeys(LOCK_ONE, RunColumns::read, runId);
  }

  /** Locks what is under way on the nodes. */
  public List<RunRow> lockOfNodes(Tx tx, Collection<String> nodeIds) {
    return tx.queryByKeys(OF_NODES, RunColumns::read, SqlArray.texts(nodeIds));
  }

  /**
   * What a server has to send to its nodes: hand-overs and cancels, sent already or not. A
   * broadcast that is to stop has nodes on any server.
   */
  public List<RunRow> toSend(Tx tx, String server) {
    return tx.queryByKeys(OF_SERVER, RunColumns::read, server);
  }

  /** Locks what waits of a job. */
  public List<RunRow> lockQueued(Tx tx, long jobUid) {
    return lockQueued(tx, List.of(jobUid));
  }

  /** Locks what waits of these jobs. */
  List<RunRow> lockQueued(Tx tx, Collection<Long> jobUids) {
    return tx.queryByKeys(QUEUED_OF_JOB, RunColumns::read, SqlArray.longs(jobUids));
  }

  /** {@link #lockQueued} without those that another transaction holds just now. */
  public List<RunRow> lockQueuedFree(Tx tx, long jobUid) {
    return tx.queryByKeys(QUEUED_OF_JOB_FREE, RunColumns::read, SqlArray.longs(List.of(jobUid)));
  }

  /** From now on the server holds the streams of these runs' nodes. */
  public void moveToServer(Tx tx, String server, Collection<RunRow> runs) {
    if (!runs.isEmpty()) {
      List<RunRow> list = List.copyOf(runs);
      List<Instant> nominal = list.stream().map(RunRow::nominalAt).toList();
      SqlArray ids = ids(list);
      tx.updateByKeys(
          MOVE_TO_SERVER,
          server,
          ids,
          SqlArray.instants(nominal),
          ids,
          Collections.min(nominal),
          Collections.max(nominal));
    }
  }

  /** Writes steps; the answer names the runs that stood where the step expected them. */
  Set<Long> save(Tx tx, List<Step> steps) {
    if (steps.isEmpty()) {
      return Set.of();
    }
    List<RunRow> before = steps.stream().map(Step::before).toList();
    List<Standing> after = steps.stream().map(s -> s.after().standing()).toList();
    List<Instant> nominal = before.stream().map(RunRow::nominalAt).toList();
    return new HashSet<>(
        tx.queryByKeys(
            SAVE,
            row -> row.longNumber("id"),
            ids(before),
            nominals(before),
            SqlArray.texts(before.stream().map(RunRow::state).toList()),
            SqlArray.longs(before.stream().map(r -> r.standing().epoch()).toList()),
            texts(after, Standing::state),
            texts(after, s -> s.reason().orElse(null)),
            texts(after, s -> s.message().orElse(null)),
            texts(after, s -> s.ownerServer().orElse(null)),
            instants(after, s -> s.wakeAt().orElse(null)),
            texts(after, s -> s.nodeId().orElse(null)),
            texts(after, s -> s.nodeWhy().orElse(null)),
            SqlArray.ints(after.stream().map(Standing::attempt).toList()),
            SqlArray.longs(after.stream().map(Standing::epoch).toList()),
            SqlArray.ints(after.stream().map(Standing::memberCount).toList()),
            instants(after, s -> s.dispatchedAt().orElse(null)),
            instants(after, s -> s.startedAt().orElse(null)),
            instants(after, s -> s.deadlineAt().orElse(null)),
            instants(after, s -> s.finishedAt().orElse(null)),
            texts(after, s -> s.result().orElse(null)),
            SqlArray.longs(after.stream().map(Standing::lastLogSeq).toList()),
            SqlArray.ints(steps.stream().map(s -> s.after().origin().maxAttempts()).toList()),
            texts(after, s -> RunColumns.text(s.refusedBy())),
            texts(after, s -> s.stopReason().orElse(null)),
            ids(before),
            Collections.min(nominal),
            Collections.max(nominal)));
  }

  /** Its timeouts count from now, and not from when it was written. */
  void madeNow(Tx tx, RunRow run) {
    tx.update(MADE_NOW, run.id(), run.nominalAt());
  }

  /** Adds the notes of steps to the trace. */
  void insertNotes(Tx tx, List<Step> steps) {
    List<NoteOf> notes = new ArrayList<>();
    for (Step step : steps) {
      step.notes().forEach(note -> notes.add(new NoteOf(step.before(), note)));
    }
    if (!notes.isEmpty()) {
      insert(tx, notes);
    }
  }

  /** Adds one note to the trace of a run that does not move. */
  void insertNote(Tx tx, RunRow run, Step.Note note) {
    insert(tx, List.of(new NoteOf(run, note)));
  }

  private static void insert(Tx tx, List<NoteOf> notes) {
    List<RunRow> runs = notes.stream().map(NoteOf::run).toList();
    tx.update(
        NOTES,
        ids(runs),
        nominals(runs),
        SqlArray.texts(notes.stream().map(n -> n.note().kind()).toList()),
        SqlArray.ints(runs.stream().map(r -> r.standing().attempt()).toList()),
        texts(notes, n -> n.note().reason().orElse(null)),
        texts(notes, n -> emptyToNull(n.note().detail())),
        texts(notes, n -> emptyToNull(n.note().who())));
  }

  /** Keeps the attempts that ended while their runs go on. */
  void insertClosedAttempts(Tx tx, List<Step> steps) {
    List<Step> closing =
        steps.stream()
            .filter(s -> s.closed().filter(c -> c.was().nodeId().isPresent()).isPresent())
            .toList();
    if (closing.isEmpty()) {
      return;
    }
    List<RunRow> runs = closing.stream().map(Step::before).toList();
    List<Step.ClosedAttempt> closed = closing.stream().map(s -> s.closed().orElseThrow()).toList();
    List<Standing> was = closed.stream().map(Step.ClosedAttempt::was).toList();
    tx.update(
        CLOSED,
        ids(runs),
        nominals(runs),
        SqlArray.ints(was.stream().map(Standing::attempt).toList()),
        texts(was, s -> s.nodeId().orElseThrow()),
        SqlArray.longs(was.stream().map(Standing::epoch).toList()),
        texts(closed, Step.ClosedAttempt::state),
        texts(closed, Step.ClosedAttempt::reason),
        texts(closed, c -> emptyToNull(c.message())),
        instants(was, s -> s.dispatchedAt().orElse(null)),
        instants(was, s -> s.startedAt().orElse(null)),
        SqlArray.longs(closed.stream().map(Step.ClosedAttempt::lastLogSeq).toList()),
        texts(was, s -> s.nodeWhy().orElse(null)));
  }

  /** Notes how far a run is. */
  void progress(Tx tx, RunHandle run, int percent, String text) {
    tx.update(PROGRESS, percent, text, run.runId(), run.nominalAt(), run.epoch());
  }

  private record NoteOf(RunRow run, Step.Note note) {}

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static SqlArray ids(List<RunRow> runs) {
    return SqlArray.longs(runs.stream().map(RunRow::id).toList());
  }

  private static SqlArray nominals(List<RunRow> runs) {
    return SqlArray.instants(runs.stream().map(RunRow::nominalAt).toList());
  }

  private static <T> SqlArray texts(List<T> of, Function<T, Object> part) {
    return SqlArray.texts(of.stream().map(part).collect(java.util.stream.Collectors.toList()));
  }

  private static <T> SqlArray instants(List<T> of, Function<T, Instant> part) {
    return SqlArray.instants(of.stream().map(part).collect(java.util.stream.Collectors.toList()));
  }
}
