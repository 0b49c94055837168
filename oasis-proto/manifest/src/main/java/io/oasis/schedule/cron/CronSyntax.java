package io.oasis.schedule.cron;

import com.cronutils.model.Cron;
import io.oasis.phrase.Phrase;
import io.oasis.phrase.Saying;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of an expression, and finds out which field is to blame when it is wrong. */
final class CronSyntax {
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private static final int LONGEST = 500;
  private static final Phrase FORMS = Saying.CRON_FORMS.of();
  private static final Pattern OUT_OF_RANGE =
      Pattern.compile("(Value|Period) (.+) not in range \\[(.+), (.+)]");

  private CronSyntax() {}

  static CronParse parse(String text) {
    if (text.isEmpty()) {
      return new CronParse.Invalid(Saying.CRON_EMPTY.of(), FORMS);
    }
    if (text.length() > LONGEST) {
      return new CronParse.Invalid(Saying.CRON_TOO_LONG.of(LONGEST), FORMS);
    }
    if (text.startsWith("@")) {
      String plain = NICKNAMES.get(text);
      return plain == null
          ? new CronParse.Invalid(Saying.CRON_UNKNOWN_NICKNAME.of(text), Saying.CRON_NICKNAMES.of())
          : compile(plain, CronDialect.UNIX);
    }
    int fields = text.split(" ").length;
    if (fields < 5 || fields > 7) {
      return new CronParse.Invalid(Saying.CRON_FIELD_COUNT.of(fields), FORMS);
    }
    return compile(text, fields == 5 ? CronDialect.UNIX : CronDialect.QUARTZ);
  }

  private static CronParse compile(String text, CronDialect dialect) {
    String[] fields = text.split(" ");
    if (dialect == CronDialect.QUARTZ) {
      boolean dateOpen = fields[3].equals("?");
      boolean weekdayOpen = fields[5].equals("?");
      if (dateOpen == weekdayOpen) {
        return new CronParse.Invalid(
            dateOpen ? Saying.CRON_BOTH_DAYS_OPEN.of() : Saying.CRON_BOTH_DAYS_SET.of(),
            Saying.CRON_ONE_DAY_OPEN.of(example(fields, dateOpen)));
      }
    }
    Cron cron;
    try {
      cron = dialect.parser().parse(text).validate();
    } catch (IllegalArgumentException refused) {
      return blame(fields, dialect, refused);
    }
    CronExpression expression = new CronCompiler(cron, dialect).compile();
    if (expression.atOrAfter(LocalDateTime.of(1970, 1, 1, 0, 0)).isEmpty()) {
      return new CronParse.Invalid(never(fields, dialect), Saying.CRON_CHOOSE_DAY.of());
    }
    return new CronParse.Parsed(expression);
  }

  private static String example(String[] fields, boolean bothOpen) {
    String[] repaired = fields.clone();
    if (bothOpen) {
      repaired[3] = "*";
    } else if (fields[5].equals("*")) {
      repaired[5] = "?";
    } else {
      repaired[3] = "?";
    }
    return String.join(" ", repaired);
  }

  /** Puts each field alone among fields that are right: the one that still fails is to blame. */
  private static CronParse blame(String[] fields, CronDialect dialect, Exception refused) {
    boolean found = false;
    Phrase reason = reason(refused);
    for (int at = fields.length - 1; at >= 0; at--) {
      String[] alone = new String[fields.length];
      Arrays.fill(alone, "*");
      if (dialect == CronDialect.QUARTZ) {
        alone[at == 5 ? 3 : 5] = "?";
      }
      alone[at] = fields[at];
      if (dialect == CronDialect.QUARTZ && fields[at].equals("?")) {
        continue;
      }
      try {
        dialect.parser().parse(String.join(" ", alone)).validate();
      } catch (IllegalArgumentException why) {
        found = true;
        reason = dialect.notOne(at).of(fields[at], reason(why));
      }
    }
    return new CronParse.Invalid(reason, found ? fieldNames(fields.length) : FORMS);
  }

  private static Phrase fieldNames(int count) {
    return switch (count) {
      case 5 -> Saying.CRON_FIVE_FIELDS.of();
      case 6 -> Saying.CRON_SIX_FIELDS.of();
      default -> Saying.CRON_SEVEN_FIELDS.of();
    };
  }

  private static Phrase reason(Exception why) {
    String text = String.valueOf(why.getMessage());
    String prefix = "Failed to parse cron expression. ";
    String bare = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    Matcher range = OUT_OF_RANGE.matcher(bare);
    if (range.matches()) {
      Saying saying =
          range.group(1).equals("Value") ? Saying.CRON_VALUE_RANGE : Saying.CRON_PERIOD_RANGE;
      return saying.of(range.group(2), range.group(3), range.group(4));
    }
    return bare.startsWith("Invalid range! [")
        ? Saying.CRON_RANGE_BACKWARDS.of()
        : Saying.CRON_UNREADABLE.of();
  }

  private static Phrase never(String[] fields, CronDialect dialect) {
    int date = dialect.dayOfMonth();
    String weekday = fields[date + 2];
    boolean anyWeekday = weekday.matches("[*?]");
    if (fields.length < 7) {
      return anyWeekday
          ? Saying.CRON_NEVER.of(fields[date + 1], fields[date])
          : Saying.CRON_NEVER_WEEKDAY.of(fields[date + 1], fields[date], weekday);
    }
    return anyWeekday
        ? Saying.CRON_NEVER_YEAR.of(fields[date + 1], fields[date], fields[6])
        : Saying.CRON_NEVER_WEEKDAY_YEAR.of(fields[date + 1], fields[date], weekday, fields[6]);
  }
}
