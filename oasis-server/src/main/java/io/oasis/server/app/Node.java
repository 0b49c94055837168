package io.oasis.server.app;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One executor process as people see it.
 *
 * @param id unique for the life of the process
 * @param app name of its app
 * @param address host and process, for people
 * @param state whether it may be given runs
 * @param sdkVersion of the SDK
 * @param appVersion of the application; may be empty
 * @param labels for selectors
 * @param handlers names of what it can run
 * @param slots how many runs it takes at once
 * @param busySlots how many of them it said it uses
 * @param heartbeatAt when it was last heard of
 * @param connectedAt when its stream began
 * @param serverId the server that holds its stream
 */
public record Node(
    String id,
    String app,
    String address,
    State state,
    String sdkVersion,
    String appVersion,
    Map<String, String> labels,
    List<String> handlers,
    int slots,
    int busySlots,
    Instant heartbeatAt,
    Instant connectedAt,
    Optional<String> serverId) {

  /** Whether a node may be given runs. */
  public enum State {
    ONLINE,
    /** Finishes what it has and takes nothing new. */
    DRAINING,
    OFFLINE
  }
}
