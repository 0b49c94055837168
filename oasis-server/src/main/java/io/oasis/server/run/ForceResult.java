package io.oasis.server.run;

/** What became of ending a run whose node does not say that it has stopped. */
public sealed interface ForceResult {
  /** It counts as over, and its slot is free; whether its code still runs, nobody knows. */
  record Ended(RunView run) implements ForceResult {}

  /** It has not been asked to stop yet: that comes first. */
  record NotStopping(RunView run) implements ForceResult {}

  /** It was over before. */
  record AlreadyFinal(RunView run) implements ForceResult {}

  /** No such run. */
  record NoSuchRun() implements ForceResult {}
}
