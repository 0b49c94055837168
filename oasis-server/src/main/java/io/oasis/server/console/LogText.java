package io.oasis.server.console;

import java.util.regex.Pattern;

/**
 * Makes a line of a log fit to be shown: without terminal sequences and control characters, and not
 * longer than a page can bear. Escaping for HTML is the template's.
 */
final class LogText {
  /** Characters of a line that are shown. */
  static final int MOST = 10_000;

  private static final char ESCAPE = '\u001b';

  // CSI sequences (colours, cursor), OSC sequences (titles, links) up to their end, two-character
  // ones.
  private static final Pattern TERMINAL =
      Pattern.compile(
          "\u001b(?:\\[[0-?]*+[ -/]*+[@-~]?|\\][^\u0007\u001b]*+(?:\u0007|\u001b\\\\)?|[ -/]*+[0-~])");

  // Control characters except the tab, and those that turn the direction of the text that follows.
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}&&[^\t]]|[\u202a-\u202e\u2066-\u2069]");

  private LogText() {}

  /** The line without terminal sequences and control characters. */
  static String plain(String line) {
    String text = line.indexOf(ESCAPE) < 0 ? line : TERMINAL.matcher(line).replaceAll("");
    // What a progress bar has overwritten is not shown on a terminal either.
    String end = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    String last = end.substring(end.lastIndexOf('\r') + 1);
    return CONTROL.matcher(last).replaceAll("");
  }

  /** {@link #plain} cut to what a page shows; {@code cut} says the rest. */
  static String shown(String line, Speech speech) {
    String text = plain(line);
    if (text.length() <= MOST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
    return text.substring(0, end)
        + speech.sentences().logCut(speech.number((long) text.length() - end));
  }
}
