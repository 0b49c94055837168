package io.oasis.server.run;

/** What became of asking a run to stop. */
public sealed interface CancelResult {
  /** It waited and is cancelled now, or it runs and its node is being asked. */
  record Asked(RunView run) implements CancelResult {}

  /** It was over before. */
  record AlreadyFinal(RunView run) implements CancelResult {}

  /** No such run. */
  record NoSuchRun() implements CancelResult {}
}
