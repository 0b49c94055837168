package io.oasis.server.dispatch;

import io.oasis.server.run.RunHandle;
import jakarta.inject.Singleton;
import java.util.Collection;

/**
 * Gives room that becomes free to runs that wait: first to this server's, then to those of others.
 */
@Singleton
public class WaitingHere implements WaitingRuns {
  private final DispatchLoop dispatch;
  private final WaitingElsewhere elsewhere;
  private final NodeLoad load;

  public WaitingHere(DispatchLoop dispatch, WaitingElsewhere elsewhere, NodeLoad load) {
    this.dispatch = dispatch;
    this.elsewhere = elsewhere;
    this.load = load;
  }

  @Override
  public void nodeAvailable(long appId) {
    dispatch.offerRoom(appId);
    elsewhere.roomFor(appId);
  }

  @Override
  public void nodeOpened(long appId) {
    nodeAvailable(appId);
    elsewhere.nodeCame(appId);
  }

  @Override
  public void nodeConnected(String nodeId, Collection<RunHandle> kept) {
    load.connected(nodeId, kept);
  }

  @Override
  public void done(String nodeId, long appId, RunHandle run) {
    load.done(nodeId, run);
    nodeAvailable(appId);
  }

  @Override
  public void over(String nodeId, RunHandle run) {
    load.remove(nodeId, run);
  }
}
