package io.oasis.schedule.cron;

import com.cronutils.model.Cron;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
  private static final String FORMS =
      "write 5 fields (minute hour day month weekday), 6 or 7 fields (Quartz, seconds first) or"
          + " a nickname such as @daily";

  private CronSyntax() {}

  static CronParse parse(String text) {
    if (text.isEmpty()) {
      return new CronParse.Invalid("the cron expression is empty", FORMS);
    }
    if (text.length() > LONGEST) {
      return new CronParse.Invalid(
          "the cron expression is longer than " + LONGEST + " characters", FORMS);
    }
    if (text.startsWith("@")) {
      String plain = NICKNAMES.get(text);
      return plain == null
          ? new CronParse.Invalid(
              "unknown nickname " + text,
              "use @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually")
          : compile(plain, CronDialect.UNIX);
    }
    int fields = text.split(" ").length;
    if (fields < 5 || fields > 7) {
      return new CronParse.Invalid(
          "a cron expression has 5, 6 or 7 fields, this has " + fields, FORMS);
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
            dateOpen
                ? "day of month and day of week are both ?"
                : "day of month and day of week are both set",
            "a Quartz expression needs ? in exactly one of them, for example "
                + example(fields, dateOpen));
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
      return new CronParse.Invalid(
          "the expression never fires: " + whyNever(fields, dialect),
          "choose a day that exists in the months of the expression");
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
    List<String> wrong = new ArrayList<>();
    String reason = reason(refused);
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
        wrong.add(0, dialect.fields().get(at));
        reason = "`" + fields[at] + "` is not a " + dialect.fields().get(at) + ": " + reason(why);
      }
    }
    String hint =
        wrong.isEmpty()
            ? FORMS
            : "the fields are " + String.join(", ", dialect.fields().subList(0, fields.length));
    return new CronParse.Invalid(reason, hint);
  }

  private static String reason(Exception why) {
    String text = String.valueOf(why.getMessage());
    String prefix = "Failed to parse cron expression. ";
    String bare = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    if (bare.startsWith("Value ") || bare.startsWith("Period ")) {
      return Character.toLowerCase(bare.charAt(0))
          + bare.substring(1).replace(" not in", " is not in");
    }
    return bare.startsWith("Invalid range! [")
        ? "the range ends before it begins"
        : "it cannot be read";
  }

  private static String whyNever(String[] fields, CronDialect dialect) {
    int date = dialect.fields().indexOf("day of month");
    return "no month of `"
        + fields[date + 1]
        + "` has a day `"
        + fields[date]
        + "`"
        + (fields[date + 2].matches("[*?]") ? "" : " that is `" + fields[date + 2] + "`")
        + (fields.length == 7 ? " in `" + fields[6] + "`" : "");
  }
}
