package io.oasis.schedule.cron;

import io.oasis.phrase.Phrase;

/** What came of reading a cron expression. */
public sealed interface CronParse {

  /** It is right and matches at least one local time. */
  record Parsed(CronExpression expression) implements CronParse {}

  /**
   * It cannot be used.
   *
   * @param problem what is wrong, one line
   * @param advice what to do about it, one line
   */
  record Invalid(Phrase problem, Phrase advice) implements CronParse {
    /** What is wrong, in English. */
    public String message() {
      return problem.toString();
    }

    /** What to do about it, in English. */
    public String hint() {
      return advice.toString();
    }
  }
}
