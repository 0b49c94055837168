package io.oasis.cli.importing.fires;

/** A schedule that the scheduler it is meant for would not take either. */
public final class UnreadableSchedule extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, one line. */
  public UnreadableSchedule(String message) {
    super(message);
  }
}
