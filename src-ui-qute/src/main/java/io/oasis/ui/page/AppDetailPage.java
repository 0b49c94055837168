package io.oasis.ui.page;

import io.oasis.ui.row.AppRow;
import io.oasis.ui.row.NodeRow;
import java.util.List;

/**
 * One app with its nodes.
 *
 * @param frame around it
 * @param app the row of the list
 * @param ownerEmail may be empty
 * @param nodes online ones first
 * @param takeaway what a removal by force would take with it
 */
public record AppDetailPage(
    Frame frame, AppRow app, String ownerEmail, List<NodeRow> nodes, Takeaway takeaway) {

  /** True when the app cannot be removed without force. */
  public boolean inUse() {
    return app.jobs() > 0 || app.nodes().online() > 0 || app.nodes().draining() > 0;
  }

  /**
   * What a removal by force would take with it.
   *
   * @param allowed false where this viewer may not do it; the numbers are 0 then
   * @param waiting runs in the queue
   * @param running runs handed to a node
   * @param sources Git sources that own the app or jobs of it; empty: nobody does
   */
  public record Takeaway(
      boolean allowed, int jobs, int nodes, int waiting, int running, int tokens, String sources) {
    /** Nothing that this viewer could do. */
    public static final Takeaway NONE = new Takeaway(false, 0, 0, 0, 0, 0, "");
  }
}
