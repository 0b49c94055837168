package io.oasis.ui.row;

/**
 * An app in a list.
 *
 * @param name unique id of the executor cluster
 * @param title for people
 * @param automatic true when its first executor made it
 * @param owner who answers for it; may be empty
 * @param online nodes that take work
 * @param draining nodes that finish what they have
 * @param offline nodes that are gone
 * @param jobs that it has
 */
public record AppRow(
    String name,
    String title,
    boolean automatic,
    String owner,
    int online,
    int draining,
    int offline,
    int jobs) {

  /** True when it never had a node, or none that is still known. */
  public boolean nodeless() {
    return online + draining + offline == 0;
  }
}
