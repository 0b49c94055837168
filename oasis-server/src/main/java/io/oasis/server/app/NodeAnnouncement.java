package io.oasis.server.app;

import java.util.List;
import java.util.Map;

/**
 * What an executor process says of itself when it connects.
 *
 * @param id unique for the life of the process
 * @param appId the app that it belongs to
 * @param address for people
 * @param sdkVersion for people
 * @param appVersion for people; may be empty
 * @param traits what routing looks at
 * @param draining true when it takes no new runs
 */
public record NodeAnnouncement(
    String id,
    long appId,
    String address,
    String sdkVersion,
    String appVersion,
    Traits traits,
    boolean draining) {

  /**
   * What routing looks at.
   *
   * @param labels for selectors
   * @param handlers what the node offers
   * @param slots how many runs it takes at once
   */
  public record Traits(Map<String, String> labels, List<String> handlers, int slots) {}
}
