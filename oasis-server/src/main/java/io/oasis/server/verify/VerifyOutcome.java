package io.oasis.server.verify;

/** What became of a request to look at the ledger. */
public sealed interface VerifyOutcome {

  /** The whole window was looked at. */
  record Done(VerifyReport report) implements VerifyOutcome {}

  /** There is more in the window than one look may read: it has to be narrowed. */
  record TooMuch(long limit) implements VerifyOutcome {}
}
