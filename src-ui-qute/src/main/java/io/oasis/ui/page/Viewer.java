package io.oasis.ui.page;

/**
 * Who looks, and how they like it.
 *
 * @param language {@code en} or {@code zh-CN}
 * @param theme {@code light}, {@code dark} or {@code system}
 * @param zone id of the time zone that times are shown in
 * @param name of the account; empty: not signed in
 * @param role its role, a word; empty: not signed in
 * @param may what the account may do
 */
public record Viewer(
    String language, String theme, String zone, String name, String role, May may) {

  /**
   * What the pages offer; the server checks again when it is done.
   *
   * @param run start and repeat runs
   * @param stop kill runs
   * @param toggle enable and disable jobs
   */
  public record May(boolean run, boolean stop, boolean toggle) {
    /** May only look. */
    public static final May LOOK = new May(false, false, false);
  }
}
