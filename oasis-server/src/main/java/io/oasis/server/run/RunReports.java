package io.oasis.server.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What nodes say of their runs. Nothing here waits for the database: reports are committed in
 * groups, and the answer is called after the commit. While the database is away, no answer comes;
 * the executor says it again later.
 */
public interface RunReports {

  /** What became of a report. */
  enum Answer {
    /** It is committed, or was committed before. */
    COMMITTED,
    /** The hand-over is not the node's any more; kept as an event, changes nothing. */
    FENCED
  }

  /** The node began the run. */
  void accepted(RunHandle run, Instant startedAt, Consumer<Answer> answer);

  /** The node does not take the run. */
  void rejected(RunHandle run, ReasonCode reason, String message, Consumer<Answer> answer);

  /**
   * The server did not send the run, because the node's stream has ended. It goes to another node
   * unless the node's next server has taken it over.
   *
   * @param server the one that was to send it
   */
  void unsent(RunHandle run, String server, Consumer<Answer> answer);

  /** The run is over on the node. */
  void finished(RunHandle run, Finish finish, Consumer<Answer> answer);

  /** How far the handler is. May be dropped. */
  void progress(RunHandle run, int percent, String text);

  /**
   * Called when a node has connected again, before it is given new runs: runs that it names stay
   * its own, whatever else the ledger thinks it has is lost or given to another node. Blocks.
   *
   * @return the runs that are not the node's any more; it has to stop them
   */
  List<RunHandle> reconcile(String nodeId, List<RunHandle> inFlight);

  /**
   * How a run ended on a node.
   *
   * @param outcome the node's word
   * @param message one line; empty text when there is none
   * @param result what the handler gave back
   * @param retryable false when trying again cannot help
   * @param startedAt by the executor's clock
   * @param finishedAt by the executor's clock
   * @param lastLogSeq number of the last log line
   */
  record Finish(
      Outcome outcome,
      String message,
      Optional<String> result,
      boolean retryable,
      Instant startedAt,
      Instant finishedAt,
      long lastLogSeq) {}

  /** How a run ended on a node. */
  enum Outcome {
    SUCCEEDED,
    FAILED,
    /** Stopped because it was asked to. */
    CANCELLED,
    /** Not done, because the node drains: to be run elsewhere. */
    HANDED_BACK,
    /** Not done, because the node could not reach any server in time: to be run elsewhere. */
    PARTITIONED
  }
}
