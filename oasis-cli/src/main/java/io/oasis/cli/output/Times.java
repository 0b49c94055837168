package io.oasis.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants and durations as people say them. */
public final class Times {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx");

  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * Times as seen from here and now.
   *
   * @param clock tells now
   * @param zone for times that belong to no job
   */
  public Times(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  /** {@code in 15 h}, {@code 2 h ago}, {@code now}. */
  public String relative(Instant instant) {
    return relative(instant, 1);
  }

  /** {@code in 15 h 12 m}. */
  public String relativeExact(Instant instant) {
    return relative(instant, 2);
  }

  private String relative(Instant instant, int units) {
    Duration away = Duration.between(clock.instant(), instant);
    Duration size = away.abs();
    if (size.toMillis() < 1000) {
      return "now";
    }
    String text = duration(Duration.ofSeconds(size.toSeconds()), units);
    return away.isNegative() ? text + " ago" : "in " + text;
  }

  /** {@code Tue 2026-11-24 03:00} in the given zone, with seconds when there are any. */
  public static String absolute(Instant instant, ZoneId zone) {
    boolean wholeMinute = instant.getEpochSecond() % 60 == 0;
    return (wholeMinute ? MINUTES : SECONDS).withZone(zone).format(instant);
  }

  /** {@code Tue 2026-11-24 03:00 +08:00}; {@code UTC} where the offset is zero. */
  public static String absoluteWithOffset(Instant instant, ZoneId zone) {
    boolean utc = zone.getRules().getOffset(instant).equals(ZoneOffset.UTC);
    return absolute(instant, zone) + " " + (utc ? "UTC" : OFFSET.withZone(zone).format(instant));
  }

  /** {@code Tue 2026-11-24 03:00 +08:00 (in 15 h 12 m)} in the viewer's zone. */
  public String full(Instant instant) {
    return full(instant, zone);
  }

  /** {@code Tue 2026-11-24 03:00 +08:00 (in 15 h 12 m)} in the given zone. */
  public String full(Instant instant, ZoneId in) {
    return absoluteWithOffset(instant, in) + " (" + relativeExact(instant) + ")";
  }

  /** {@code 02:30:00.412} in the viewer's zone. */
  public String clockTime(Instant instant) {
    return CLOCK.withZone(zone).format(instant);
  }

  /** Now. */
  public Instant now() {
    return clock.instant();
  }

  /** {@code 412 ms}, {@code 3 s}, {@code 4 m 11 s}, {@code 2 h 05 m}, {@code 3 d 04 h}. */
  public static String duration(Duration duration) {
    return duration(duration, 2);
  }

  private static String duration(Duration duration, int units) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    long seconds = units == 1 ? rounded(duration.toSeconds()) : duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "m", seconds % 60, "s", units);
    }
    if (seconds < 86_400) {
      return two(seconds / 3600, "h", seconds % 3600 / 60, "m", units);
    }
    return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h", units);
  }

  /** To the nearest whole minute, hour or day, where only that will be shown. */
  private static long rounded(long seconds) {
    long unit = seconds < 60 ? 1 : seconds < 3570 ? 60 : seconds < 84_600 ? 3600 : 86_400;
    return Math.max(unit, (seconds + unit / 2) / unit * unit);
  }

  private static String two(long large, String largeUnit, long small, String smallUnit, int units) {
    String text = large + " " + largeUnit;
    return units == 1 || small == 0
        ? text
        : text + String.format(Locale.ROOT, " %02d %s", small, smallUnit);
  }
}
