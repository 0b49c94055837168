package io.oasis.executor;

/** Thrown by {@link Cancellation#throwIfCancelled()}: the handler is to stop now. */
public class RunCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param reason why the run is to stop, for people
   */
  public RunCancelledException(String reason) {
    super(reason);
  }
}
