package io.oasis.schedule.cron;

/** What came of reading a cron expression. */
public sealed interface CronParse {

  /** It is right and matches at least one local time. */
  record Parsed(CronExpression expression) implements CronParse {}

  /**
   * It cannot be used.
   *
   * @param message what is wrong, one line
   * @param hint what to do about it, one line
   */
  record Invalid(String message, String hint) implements CronParse {}
}
