package io.oasis.ui.page;

/**
 * Who looks, and how they like it.
 *
 * @param language {@code en} or {@code zh-CN}
 * @param theme {@code light}, {@code dark} or {@code system}
 * @param zone id of the time zone that times are shown in
 * @param zoneChosen it is the viewer's choice, not the browser's
 * @param name of the account; empty: not signed in
 * @param role its role, a word; empty: not signed in
 * @param may what the account may do
 */
public record Viewer(
    String language,
    String theme,
    String zone,
    boolean zoneChosen,
    String name,
    String role,
    May may) {

  /**
   * What the pages offer; the server checks again when it is done.
   *
   * @param run start and repeat runs
   * @param stop kill runs
   * @param force run a job beside its own runs, whatever its blocking says
   * @param toggle enable and disable jobs
   * @param edit make, change and delete jobs
   * @param audit read the audit trail
   * @param people see accounts and tokens
   */
  public record May(
      boolean run,
      boolean stop,
      boolean force,
      boolean toggle,
      boolean edit,
      boolean audit,
      boolean people) {
    /** May only look. */
    public static final May LOOK = new May(false, false, false, false, false, false, false);
  }
}
