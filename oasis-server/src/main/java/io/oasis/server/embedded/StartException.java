package io.oasis.server.embedded;

/** Says in one line why the server cannot start, and what to do about it. */
final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
