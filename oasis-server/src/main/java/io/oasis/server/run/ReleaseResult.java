package io.oasis.server.run;

/** What became of letting a held run go on. */
public sealed interface ReleaseResult {
  /** It is handed over as soon as a node can take it. */
  record Released(RunView run) implements ReleaseResult {}

  /** It was not held: it went on, or is over. */
  record NotHeld(RunView run) implements ReleaseResult {}

  /** No such run. */
  record NoSuchRun() implements ReleaseResult {}
}
