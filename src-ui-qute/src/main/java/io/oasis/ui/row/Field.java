package io.oasis.ui.row;

/**
 * A field of a form that comes back.
 *
 * @param value as it was typed
 * @param problem why it was not accepted, a sentence; empty: nothing is wrong
 */
public record Field(String value, String problem) {
  /** Not filled in yet. */
  public static final Field EMPTY = new Field("", "");

  /** What is there, with nothing wrong. */
  public static Field of(String value) {
    return new Field(value, "");
  }
}
