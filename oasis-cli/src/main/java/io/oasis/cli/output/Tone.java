package io.oasis.cli.output;

/**
 * What a piece of text means to the eye. It is never the only sign: a word or symbol says it too.
 */
public enum Tone {
  /** Like the text around it. */
  PLAIN(""),
  /** It went well. */
  GOOD("32"),
  /** It went wrong. */
  BAD("31"),
  /** A look at it may be worth while. */
  WARN("33"),
  /** It happens now. */
  ACTIVE("36"),
  /** Of less weight. */
  DIM("2"),
  /** Of more weight. */
  STRONG("1");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  /** The select-graphic-rendition parameter; empty for none. */
  String code() {
    return code;
  }
}
