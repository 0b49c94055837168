package io.oasis.executor;

/**
 * Says that trying again cannot help: wrong params, for example. The attempt fails, and the server
 * does not retry the run, whatever the job's retry policy says.
 */
public class NonRetryableException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message one line for people that says what is wrong
   */
  public NonRetryableException(String message) {
    super(message);
  }

  /**
   * Makes one with a cause, whose stack trace goes into the run's log.
   *
   * @param message one line for people that says what is wrong
   * @param cause what led to it; may be null
   */
  public NonRetryableException(String message, Throwable cause) {
    super(message, cause);
  }
}
