package io.oasis.cli.output;

/**
 * Paints text, or leaves it alone.
 *
 * @param colour whether escape sequences may be written
 */
public record Palette(boolean colour) {

  /** The text in the given tone. */
  public String paint(Tone tone, String text) {
    if (!colour || tone == Tone.PLAIN || text.isEmpty()) {
      return text;
    }
    return "\u001b[" + tone.code() + "m" + text + "\u001b[0m";
  }
}
