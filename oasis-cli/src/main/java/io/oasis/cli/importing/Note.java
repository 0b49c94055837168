package io.oasis.cli.importing;

/**
 * What became of one feature of a job.
 *
 * @param fate whether it is the same
 * @param feature as the source calls it
 * @param text what it became, or why it could not and what to do
 */
public record Note(Fate fate, String feature, String text) {

  /** What became of something. */
  public enum Fate {
    /** It means the same. */
    KEPT,
    /** It means nearly the same. */
    CHANGED,
    /** It is not in the manifest. */
    LOST
  }

  public static Note kept(String feature, String text) {
    return new Note(Fate.KEPT, feature, text);
  }

  public static Note changed(String feature, String text) {
    return new Note(Fate.CHANGED, feature, text);
  }

  public static Note lost(String feature, String text) {
    return new Note(Fate.LOST, feature, text);
  }
}
