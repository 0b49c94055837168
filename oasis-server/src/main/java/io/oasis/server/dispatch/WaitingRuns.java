package io.oasis.server.dispatch;

import io.oasis.server.run.RunHandle;
import java.util.Collection;

/** Runs that wait for a node. Whoever makes room tells it here. */
public interface WaitingRuns {

  /** A node of the app has a free slot: runs that wait for one are tried again. */
  void nodeAvailable(long appId);

  /** A node of the app came online here: runs that wait in any server are tried again. */
  void nodeOpened(long appId);

  /**
   * A node has dialled this server; it is not given runs yet.
   *
   * @param kept what it has under way; whatever else it was sent did not reach it
   */
  void nodeConnected(String nodeId, Collection<RunHandle> kept);

  /**
   * The node has done its work and has the slot free, before the ledger says so: runs that wait for
   * a slot are tried again. {@link #over} follows.
   */
  void done(String nodeId, long appId, RunHandle run);

  /** The node is done with this, whoever decided what became of the run. */
  void over(String nodeId, RunHandle run);
}
