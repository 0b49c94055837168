package io.oasis.executor;

/**
 * Says in plain words why an attempt failed ("exit 2", "no answer within 10 s"): people see the
 * message alone, without a class name, and without a stack trace when it has no cause. The server
 * may try the run again; {@link NonRetryableException} says that it must not.
 */
public class RunFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message one line for people that says why
   */
  public RunFailedException(String message) {
    super(message);
  }

  /**
   * Makes one with a cause, whose stack trace goes into the run's log.
   *
   * @param message one line for people that says why
   * @param cause what led to it; may be null
   */
  public RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
