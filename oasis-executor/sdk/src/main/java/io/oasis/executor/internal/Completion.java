package io.oasis.executor.internal;

/** How a handler came back. */
sealed interface Completion {

  /**
   * It returned.
   *
   * @param result its result; never null
   */
  record Returned(String result) implements Completion {}

  /**
   * It threw.
   *
   * @param failure what it threw
   */
  record Threw(Throwable failure) implements Completion {}
}
