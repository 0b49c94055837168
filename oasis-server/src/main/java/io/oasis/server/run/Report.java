package io.oasis.server.run;

import java.util.function.Consumer;

/** What a node said of a run, waiting to be committed. */
sealed interface Report {
  RunHandle run();

  Consumer<RunReports.Answer> answer();

  /** The node began. */
  record Accepted(RunHandle run, Consumer<RunReports.Answer> answer) implements Report {}

  /** The node does not take it. */
  record Rejected(
      RunHandle run, ReasonCode reason, String message, Consumer<RunReports.Answer> answer)
      implements Report {}

  /** The node is done with it. */
  record Finished(RunHandle run, RunReports.Finish finish, Consumer<RunReports.Answer> answer)
      implements Report {}
}
