package io.oasis.ui.row;

/**
 * An app in a list.
 *
 * @param name unique id of the executor cluster
 * @param title for people
 * @param automatic true when its first executor made it
 * @param owner who answers for it; may be empty
 * @param source Git source that owns it; empty: nobody's
 * @param nodes that it has
 * @param jobs that it has
 */
public record AppRow(
    String name,
    String title,
    boolean automatic,
    String owner,
    String source,
    Nodes nodes,
    int jobs) {

  /**
   * The nodes of an app.
   *
   * @param online take work
   * @param full of these: have no free slot
   * @param draining finish what they have
   * @param offline are gone
   * @param slots of the online ones
   */
  public record Nodes(int online, int full, int draining, int offline, NodeRow.Slots slots) {
    /** True when it never had a node, or none that is still known. */
    public boolean none() {
      return online + draining + offline == 0;
    }
  }
}
