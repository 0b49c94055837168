package io.oasis.executor;

/** A {@link Handler} without a result: it succeeds when it returns. */
@FunctionalInterface
public interface VoidHandler {

  /**
   * Does the work of one attempt.
   *
   * @param run what the run is about and how to speak about it; never null
   * @throws Exception any exception ends the attempt as failed; with {@link NonRetryableException}
   *     it is not tried again
   */
  void handle(RunContext run) throws Exception;
}
