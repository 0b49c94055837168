package io.oasis.bench.machine;

/** Ends the benchmark with one line for the user: something is missing, broken or wrong. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the line alone. */
  public BenchException(String message) {
    super(message);
  }

  /** With what has led to it. */
  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
