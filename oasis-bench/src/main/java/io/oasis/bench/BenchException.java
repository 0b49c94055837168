package io.oasis.bench;

/** Ends the benchmark with one line for the user: something is missing, broken or wrong. */
final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
