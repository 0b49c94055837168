package io.oasis.cli.importing.crontab;

import io.oasis.cli.importing.Note;
import io.oasis.schedule.cron.CronExpression;
import io.oasis.schedule.cron.CronParse;
import java.util.List;

/** Spells an expression as Oasis takes it. */
final class CronRewriter {
  private CronRewriter() {}

  /**
   * The expression as it is, or with its weekdays in another order when only that is in the way.
   */
  static String forOasis(String fields, List<Note> notes) {
    String plain = fields.strip().replaceAll("\\s+", " ");
    if (CronExpression.parse(plain) instanceof CronParse.Parsed) {
      return plain;
    }
    String[] parts = plain.split(" ", -1);
    if (parts.length == 5) {
      String rewritten =
          String.join(" ", parts[0], parts[1], parts[2], parts[3], weekdays(parts[4]));
      if (CronExpression.parse(rewritten) instanceof CronParse.Parsed) {
        notes.add(Note.changed("schedule", plain + " is written " + rewritten));
        return rewritten;
      }
    }
    return plain;
  }

  /** Ranges that end on Sunday as 7 become ranges from Sunday as 0. */
  private static String weekdays(String field) {
    return field
        .replaceAll("\\b0-7\\b", "0-6")
        .replaceAll("\\b([1-6])-7\\b", "$1-6,0")
        .replaceAll("(?i)\\b(mon|tue|wed|thu|fri|sat)-sun\\b", "$1-sat,sun")
        .replace("6-6,", "6,")
        .replaceAll("(?i)sat-sat,", "sat,");
  }
}
