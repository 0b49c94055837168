package io.oasis.cli.importing.fires;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One field of a cron expression: a list of values, ranges and steps.
 *
 * @param label how messages call the field
 * @param min its smallest value
 * @param max its largest value
 * @param names of values, the first for {@code firstName}
 * @param firstName the value of the first name
 */
record FieldSyntax(String label, int min, int max, List<String> names, int firstName) {
  static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private static final Pattern PART = Pattern.compile("(\\*|\\w+)(?:-(\\w+))?(?:/(\\d{1,4}))?");

  static FieldSyntax plain(String label, int min, int max) {
    return new FieldSyntax(label, min, max, List.of(), 0);
  }

  /** What differs between dialects. */
  enum Option {
    /** {@code 5/10} is every tenth from 5 on. */
    OPEN_STEP,
    /** A range may go over the end of the field. */
    WRAP
  }

  /**
   * The values that a text names.
   *
   * @throws UnreadableSchedule when it is not of this form
   */
  BitSet bits(String text, java.util.Set<Option> options) {
    BitSet bits = new BitSet();
    for (String part : text.split(",", -1)) {
      Matcher form = PART.matcher(part);
      if (!form.matches()) {
        throw new UnreadableSchedule("`" + text + "` is not a " + label);
      }
      int step = form.group(3) == null ? 1 : Integer.parseInt(form.group(3));
      boolean star = form.group(1).equals("*");
      if (step == 0 || (star && form.group(2) != null)) {
        throw new UnreadableSchedule("`" + text + "` is not a " + label);
      }
      int from = star ? min : value(form.group(1), text);
      int to = star ? max : from;
      if (form.group(2) != null) {
        to = value(form.group(2), text);
      } else if (!star && form.group(3) != null) {
        if (!options.contains(Option.OPEN_STEP)) {
          throw new UnreadableSchedule("`" + text + "` has a step without a range");
        }
        to = max;
      }
      range(from, to, step, text, options.contains(Option.WRAP), bits);
    }
    return bits;
  }

  private void range(int from, int to, int step, String text, boolean wrap, BitSet bits) {
    if (to < from && !wrap) {
      throw new UnreadableSchedule("the range `" + text + "` ends before it begins");
    }
    int length = max - min + 1;
    int end = to < from ? to + length : to;
    for (int value = from; value <= end; value += step) {
      bits.set(value > max ? value - length : value);
    }
  }

  private int value(String text, String whole) {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return named + firstName;
    }
    int value = text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    if (value < min || value > max) {
      throw new UnreadableSchedule(
          "`" + whole + "` is not a " + label + ": values are from " + min + " to " + max);
    }
    return value;
  }
}
