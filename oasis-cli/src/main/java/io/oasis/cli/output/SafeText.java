package io.oasis.cli.output;

/** Text that other programs wrote, made harmless for a terminal. */
public final class SafeText {

  private SafeText() {}

  /** The text without control characters, which could move the cursor or retitle the window. */
  public static String line(String text) {
    if (text.chars().noneMatch(SafeText::harmful)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length());
    text.chars().filter(c -> !harmful(c)).forEach(c -> safe.append((char) c));
    return safe.toString();
  }

  private static boolean harmful(int c) {
    return c != '\t' && Character.isISOControl(c);
  }
}
