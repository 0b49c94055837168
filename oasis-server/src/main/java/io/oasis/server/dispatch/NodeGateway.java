package io.oasis.server.dispatch;

import io.oasis.server.run.RunHandle;
import java.time.Duration;
import java.util.List;

/** The way to the nodes whose streams end in this server. The channel implements it. */
public interface NodeGateway {

  /**
   * Sends a run to a node. Never blocks.
   *
   * @return false when the node's stream does not end here (any more)
   */
  boolean assign(String nodeId, Assignment assignment);

  /**
   * Sends several runs to a node: all of them, or none when its stream does not end here. Never
   * blocks.
   *
   * @return false when the node's stream does not end here (any more)
   */
  boolean assign(String nodeId, List<Assignment> assignments);

  /**
   * Asks a node to stop a run. Never blocks.
   *
   * @param grace after this long the node uses force
   * @param reason for the run's log, one line
   * @return false when the node's stream does not end here (any more)
   */
  boolean cancel(String nodeId, RunHandle run, Duration grace, String reason);
}
