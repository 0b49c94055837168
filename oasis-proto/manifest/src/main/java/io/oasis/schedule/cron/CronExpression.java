package io.oasis.schedule.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/**
 * A cron expression, ready to be asked for local times. All times are whole seconds. Instances are
 * immutable and may be shared between threads.
 */
public final class CronExpression {
  /** No combination of fields stays without a match for longer than this, if it matches at all. */
  private static final int HORIZON_YEARS = 100;

  private static final LocalDateTime BEGINNING = LocalDateTime.of(1970, 1, 1, 0, 0);

  private final long seconds;
  private final long minutes;
  private final long hours;
  private final int months;
  private final DayRule days;
  private final BitSet years;
  private final boolean interval;
  private final long perDay;

  /**
   * Only {@link CronCompiler} makes one.
   *
   * @param time bits of the seconds, minutes and hours
   * @param months bit n is month n
   * @param days which days of a month
   * @param years empty: every year
   * @param interval see {@link #isInterval()}
   */
  CronExpression(TimeBits time, int months, DayRule days, BitSet years, boolean interval) {
    this.seconds = time.seconds();
    this.minutes = time.minutes();
    this.hours = time.hours();
    this.months = months;
    this.days = days;
    this.years = years;
    this.interval = interval;
    this.perDay = (long) Long.bitCount(hours) * Long.bitCount(minutes) * Long.bitCount(seconds);
  }

  /** Which seconds, minutes and hours match: bit n is value n. */
  record TimeBits(long seconds, long minutes, long hours) {}

  /**
   * Reads an expression: five fields are UNIX cron, six or seven are Quartz, {@code @hourly}, {@code
   * @daily}, {@code @midnight}, {@code @weekly}, {@code @monthly}, {@code @yearly} and {@code
   * @annually} are UNIX. An expression that no date can ever match is refused.
   */
  public static CronParse parse(String text) {
    return CronSyntax.parse(normalise(text));
  }

  /** One spelling of an expression: single blanks, names in upper case, nicknames in lower. */
  public static String normalise(String text) {
    String trimmed = text.strip().replaceAll("\\s+", " ");
    return trimmed.startsWith("@")
        ? trimmed.toLowerCase(Locale.ROOT)
        : trimmed.toUpperCase(Locale.ROOT);
  }

  /**
   * True when the minute or the hour steps through its whole range ({@code *}, {@code *}{@code
   * /n}). Such an expression means "every so often" and follows elapsed time when the clock is
   * changed; any other means "at that time of day". This is the rule of Vixie cron.
   */
  public boolean isInterval() {
    return interval;
  }

  /** Whether a local time matches; a fraction of a second is ignored. */
  public boolean matches(LocalDateTime local) {
    return matches(local.toLocalDate())
        && has(hours, local.getHour())
        && has(minutes, local.getMinute())
        && has(seconds, local.getSecond());
  }

  /** The first matching local time that is not before {@code from}; empty when there is none. */
  public Optional<LocalDateTime> atOrAfter(LocalDateTime from) {
    LocalDateTime start = from.withNano(0);
    if (start.isBefore(from)) {
      start = start.plusSeconds(1);
    }
    if (start.isBefore(BEGINNING)) {
      start = BEGINNING;
    }
    LocalDate date = start.toLocalDate();
    if (matches(date)) {
      LocalTime time = timeAtOrAfter(start.getHour(), start.getMinute(), start.getSecond());
      if (time != null) {
        return Optional.of(date.atTime(time));
      }
    }
    LocalDate next = dateAtOrAfter(date.plusDays(1));
    return next == null ? Optional.empty() : Optional.of(next.atTime(timeAtOrAfter(0, 0, 0)));
  }

  /** How many matching local times lie in {@code [from, to)}; both are whole seconds. */
  public long count(LocalDateTime from, LocalDateTime to) {
    if (!from.isBefore(to)) {
      return 0;
    }
    LocalDate first = from.toLocalDate();
    LocalDate last = to.toLocalDate();
    long total = perDay * countDays(first, last);
    if (matches(last)) {
      total += countBefore(to.toLocalTime());
    }
    if (matches(first)) {
      total -= countBefore(from.toLocalTime());
    }
    return total;
  }

  private long countDays(LocalDate from, LocalDate to) {
    long total = 0;
    YearMonth end = YearMonth.from(to);
    for (YearMonth month = YearMonth.from(from); !month.isAfter(end); month = month.plusMonths(1)) {
      int bits = dayBits(month);
      if (month.equals(YearMonth.from(from))) {
        bits &= -1 << from.getDayOfMonth();
      }
      if (month.equals(end)) {
        bits &= (1 << to.getDayOfMonth()) - 1;
      }
      total += Integer.bitCount(bits);
    }
    return total;
  }

  private long countBefore(LocalTime time) {
    long perMinute = Long.bitCount(seconds);
    long perHour = Long.bitCount(minutes) * perMinute;
    long total = Long.bitCount(below(hours, time.getHour())) * perHour;
    if (has(hours, time.getHour())) {
      total += Long.bitCount(below(minutes, time.getMinute())) * perMinute;
      if (has(minutes, time.getMinute())) {
        total += Long.bitCount(below(seconds, time.getSecond()));
      }
    }
    return total;
  }

  private boolean matches(LocalDate date) {
    return has(dayBits(YearMonth.from(date)), date.getDayOfMonth());
  }

  private int dayBits(YearMonth month) {
    boolean out =
        !has(months, month.getMonthValue()) || (!years.isEmpty() && !years.get(month.getYear()));
    return out ? 0 : days.in(month);
  }

  private LocalDate dateAtOrAfter(LocalDate from) {
    int lastYear =
        years.isEmpty() ? from.getYear() + HORIZON_YEARS : Math.max(years.length() - 1, 0);
    int mask = -1 << from.getDayOfMonth();
    for (YearMonth month = YearMonth.from(from);
        month.getYear() <= lastYear;
        month = month.plusMonths(1)) {
      int bits = dayBits(month) & mask;
      if (bits != 0) {
        return month.atDay(Integer.numberOfTrailingZeros(bits));
      }
      mask = -1;
    }
    return null;
  }

  /** The first time of day that is not before the given one, or null when the day has none left. */
  private LocalTime timeAtOrAfter(int hour, int minute, int second) {
    if (has(hours, hour)) {
      if (has(minutes, minute)) {
        int atSecond = atOrAbove(seconds, second);
        if (atSecond >= 0) {
          return LocalTime.of(hour, minute, atSecond);
        }
      }
      int atMinute = atOrAbove(minutes, minute + 1);
      if (atMinute >= 0) {
        return LocalTime.of(hour, atMinute, atOrAbove(seconds, 0));
      }
    }
    int atHour = atOrAbove(hours, hour + 1);
    if (hour == 0 && minute == 0 && second == 0 && has(hours, 0)) {
      atHour = 0;
    }
    return atHour < 0 ? null : LocalTime.of(atHour, atOrAbove(minutes, 0), atOrAbove(seconds, 0));
  }

  private static boolean has(long bits, int value) {
    return (bits >>> value & 1) != 0;
  }

  private static long below(long bits, int value) {
    return bits & ((1L << value) - 1);
  }

  private static int atOrAbove(long bits, int value) {
    if (value > 63) {
      return -1;
    }
    long rest = bits & (-1L << value);
    return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
  }
}
