package io.oasis.cli;

/** How {@code oasis} ends. The numbers are a promise to scripts and never change. */
public enum ExitCode {
  /** Done, or there was nothing to do. */
  OK(0),
  /** Something went wrong that is none of the cases below. */
  ERROR(1),
  /** Wrong usage or invalid input. */
  INVALID(2),
  /** Somebody else changed it first, or it belongs to another owner. */
  CONFLICT(3),
  /** Not logged in, or the role does not allow it. */
  NOT_ALLOWED(4),
  /** The run that was waited for did not succeed. */
  RUN_FAILED(5),
  /** There are changes or drift, and the user asked to be told by exit code. */
  CHANGES(6),
  /** What was waited for did not happen in time. */
  WAIT_TIMED_OUT(124);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }
}
