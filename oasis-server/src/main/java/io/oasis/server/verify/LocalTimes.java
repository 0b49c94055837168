package io.oasis.server.verify;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Instants as an explanation writes them: by the clock of the job's zone, with the date only where
 * it is another day than the one that was asked about.
 */
record LocalTimes(ZoneId zone, Instant asked) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  String of(Instant instant) {
    ZonedDateTime local = instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone);
    boolean sameDay = local.toLocalDate().equals(asked.atZone(zone).toLocalDate());
    return (sameDay ? CLOCK : FULL).format(local);
  }

  /** {@code 38 ms}, {@code 11 m 07 s}, {@code 2 h 05 m}. */
  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d m %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d m", seconds / 3600, seconds % 3600 / 60);
  }
}
