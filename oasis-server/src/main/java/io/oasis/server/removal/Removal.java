package io.oasis.server.removal;

/** What became of removing an app. */
public sealed interface Removal {
  /**
   * It is gone; its history stays.
   *
   * @param with what went with it; without force, offline nodes alone
   */
  record Removed(Dependents with) implements Removal {}

  record NoSuchApp() implements Removal {}

  /** Something depends on it, and it was not to be removed by force. */
  record InUse(Dependents by) implements Removal {}

  /** Git sources own it or jobs of it, and it was not said that they are to be overridden. */
  record Owned(Dependents by) implements Removal {}

  /** Runs are under way, and it was not said that they are to be killed. */
  record Running(Dependents by) implements Removal {}
}
