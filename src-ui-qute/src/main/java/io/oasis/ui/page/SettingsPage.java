package io.oasis.ui.page;

import io.oasis.ui.row.Moment;
import io.oasis.ui.row.Pair;
import java.util.List;

/**
 * How the viewer likes the console, and what the platform is.
 *
 * @param frame around it
 * @param facts about the platform
 * @param servers of the cluster
 */
public record SettingsPage(Frame frame, List<Pair> facts, List<Server> servers) {

  /**
   * One server.
   *
   * @param id of the process
   * @param address it listens at
   * @param version it runs
   * @param started when
   * @param alive its lease has not ended
   * @param clock how far its clock is from the database's
   */
  public record Server(
      String id, String address, String version, Moment started, boolean alive, String clock) {}
}
