package io.oasis.executor;

/**
 * The code of a job: called once for each attempt, on one of the executor's slots.
 *
 * <p>A run may be handed over more than once (at least once, never silently lost): make a handler
 * idempotent by {@link RunContext#nominalAt()} or fence its writes by {@link RunContext#epoch()}.
 */
@FunctionalInterface
public interface Handler {

  /**
   * Does the work of one attempt.
   *
   * @param run what the run is about and how to speak about it; never null
   * @return the result that people see in the log center; null is the same as empty, and longer
   *     texts than the server's limit (by default 64 KiB) are cut
   * @throws Exception any exception ends the attempt as failed; with {@link NonRetryableException}
   *     it is not tried again
   */
  String handle(RunContext run) throws Exception;
}
