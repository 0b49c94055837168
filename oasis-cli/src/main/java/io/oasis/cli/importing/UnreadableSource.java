package io.oasis.cli.importing;

/** Input that is not what it was said to be. */
public final class UnreadableSource extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, where, and what to do: one line. */
  public UnreadableSource(String message) {
    super(message);
  }
}
