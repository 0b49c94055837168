package io.oasis.ui.page;

/**
 * What the frame around a page needs.
 *
 * @param viewer who looks
 * @param section {@code dashboard}, {@code jobs}, {@code runs}, {@code apps} or {@code settings}
 * @param here path and query of this page, to come back to
 * @param csrfToken goes into every form
 * @param health of the cluster
 * @param flash what became of the last action
 * @param version of the server
 */
public record Frame(
    Viewer viewer,
    String section,
    String here,
    String csrfToken,
    Health health,
    Flash flash,
    String version) {

  /**
   * The health of the cluster in one dot.
   *
   * @param tone {@code good}, {@code warn} or {@code bad}
   * @param text beside the dot
   * @param detail shown on hover
   */
  public record Health(String tone, String text, String detail) {}

  /**
   * What became of the last action.
   *
   * @param good false: it was refused
   * @param text one sentence; empty: nothing to say
   */
  public record Flash(boolean good, String text) {
    /** Nothing to say. */
    public static final Flash NONE = new Flash(true, "");
  }
}
