package io.oasis.server.run;

import java.time.Instant;
import java.util.function.Consumer;

/** What a node said of a run, or of its stream, waiting to be committed. */
sealed interface Report {
  RunHandle run();

  Consumer<RunReports.Answer> answer();

  /**
   * The node began.
   *
   * @param heardAt by the database's clock
   */
  record Accepted(RunHandle run, Instant heardAt, Consumer<RunReports.Answer> answer)
      implements Report {}

  /** The node does not take it. */
  record Rejected(
      RunHandle run, ReasonCode reason, String message, Consumer<RunReports.Answer> answer)
      implements Report {}

  /**
   * The server that was to send it found the node's stream gone. Says nothing of what another
   * server sent.
   */
  record Unsent(RunHandle run, String server, Consumer<RunReports.Answer> answer)
      implements Report {}

  /** The node is done with it. */
  record Finished(RunHandle run, RunReports.Finish finish, Consumer<RunReports.Answer> answer)
      implements Report {}
}
