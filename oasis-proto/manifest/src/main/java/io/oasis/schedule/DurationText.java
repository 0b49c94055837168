package io.oasis.schedule;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 500ms}, {@code 30s}, {@code 1h30m}, {@code PT10M}. */
public final class DurationText {
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

  private DurationText() {}

  /** Reads a duration that is zero or more; empty when the text is none. */
  public static Optional<Duration> parse(String text) {
    String plain = text.strip();
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    Matcher parts = PARTS.matcher(plain);
    if (parts.matches()) {
      Duration sum = Duration.ZERO;
      for (int i = 0; i < MILLIS.length; i++) {
        if (parts.group(i + 1) != null) {
          sum = sum.plusMillis(Long.parseLong(parts.group(i + 1)) * MILLIS[i]);
        }
      }
      return Optional.of(sum);
    }
    if (!plain.toUpperCase(Locale.ROOT).startsWith("P")) {
      return Optional.empty();
    }
    try {
      Duration iso = Duration.parse(plain);
      return iso.isNegative() ? Optional.empty() : Optional.of(iso);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * The one spelling of a duration: largest units first, without those that are zero ({@code
   * 1h30m}). What is finer than a millisecond is written in ISO form.
   */
  public static String of(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.isNegative() || duration.toNanosPart() % 1_000_000 != 0) {
      return duration.toString();
    }
    StringBuilder text = new StringBuilder();
    long rest = duration.toMillis();
    for (int i = 0; i < MILLIS.length; i++) {
      long amount = rest / MILLIS[i];
      rest %= MILLIS[i];
      if (amount > 0) {
        text.append(amount).append(UNITS[i]);
      }
    }
    return text.toString();
  }
}
