package io.oasis.server.dispatch;

import io.oasis.server.app.OnlineNode;
import io.oasis.server.run.ReasonCode;
import java.util.List;

/** Where a run goes. */
sealed interface Route {
  /**
   * To one node.
   *
   * @param why for the trace, one line
   */
  record To(OnlineNode node, String why) implements Route {}

  /** To all of these, each with its part. */
  record ToAll(List<OnlineNode> nodes) implements Route {}

  /**
   * To none: each node that could take it has refused it since it was last asked.
   *
   * @param nodes how many those are
   */
  record AllRefused(int nodes) implements Route {}

  /**
   * Nowhere for now.
   *
   * @param reason why
   * @param message one line for people
   */
  record Nowhere(ReasonCode reason, String message) implements Route {}
}
