package io.oasis.ui.row;

import java.util.List;

/**
 * A node of an app.
 *
 * @param id of the node
 * @param address as its server sees it
 * @param state whether it takes work
 * @param heartbeat the last one
 * @param connected since when
 * @param sdkVersion of the SDK
 * @param appVersion of the application; may be empty
 * @param handlers that it offers
 * @param labels that it carries
 * @param slots how many runs at once, busy and all
 */
public record NodeRow(
    String id,
    String address,
    NodeBadge state,
    Moment heartbeat,
    Moment connected,
    String sdkVersion,
    String appVersion,
    List<String> handlers,
    List<Pair> labels,
    Slots slots) {

  /** True when it takes work, but not now. */
  public boolean isFull() {
    return state == NodeBadge.ONLINE && slots.full();
  }

  /** True when it may be forgotten. */
  public boolean isGone() {
    return state == NodeBadge.OFFLINE;
  }

  /**
   * How many runs a node can have at once.
   *
   * @param busy taken
   * @param all there are
   */
  public record Slots(int busy, int all) {
    /** True when it takes no further run. */
    public boolean full() {
      return busy >= all;
    }
  }
}
