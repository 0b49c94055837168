package io.oasis.ui.row;

/**
 * One line of a log, or the divider above the lines of an attempt.
 *
 * @param id position of the line: attempt, member and number; empty for a divider
 * @param number of the line within its attempt
 * @param iso when, for machines
 * @param clock when, in the viewer's zone
 * @param stream {@code handler}, {@code stdout}, {@code stderr} or {@code system}
 * @param text without control characters; of a divider its words
 */
public record LogRow(String id, long number, String iso, String clock, String stream, String text) {

  /** A divider with words. */
  public static LogRow divider(String words) {
    return new LogRow("", 0, "", "", "", words);
  }
}
