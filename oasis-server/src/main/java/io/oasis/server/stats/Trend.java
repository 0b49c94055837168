package io.oasis.server.stats;

import io.oasis.server.run.RunState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The last 24 hours by hours of the viewer's clock; the last one is the hour that is running.
 *
 * @param hours oldest first, 24 of them
 */
public record Trend(List<HourCount> hours) {
  private static final int HOURS = 24;

  /** Where the first of the hours starts. */
  static Instant start(Instant now, ZoneId zone) {
    return thisHour(now, zone).minus(HOURS - 1L, ChronoUnit.HOURS);
  }

  /** Sums quarters of an hour into hours: every zone's hours begin at a quarter. */
  static Trend of(List<Bucket> buckets, Instant now, ZoneId zone) {
    Instant start = start(now, zone);
    List<HourCount> hours = new ArrayList<>();
    for (int i = 0; i < HOURS; i++) {
      Instant from = start.plus(i, ChronoUnit.HOURS);
      hours.add(new HourCount(from, from.plus(1, ChronoUnit.HOURS), new EnumMap<>(RunState.class)));
    }
    for (Bucket bucket : buckets) {
      long hour = ChronoUnit.HOURS.between(start, bucket.at());
      if (!bucket.at().isBefore(start) && hour < HOURS) {
        hours.get((int) hour).runs().merge(bucket.state(), bucket.runs(), Long::sum);
      }
    }
    return new Trend(hours);
  }

  /** All runs of the 24 hours by state; states without a run are not in it. */
  public Map<RunState, Long> byState() {
    Map<RunState, Long> sums = new EnumMap<>(RunState.class);
    for (HourCount hour : hours) {
      hour.runs().forEach((state, runs) -> sums.merge(state, runs, Long::sum));
    }
    return sums;
  }

  /** The start of the first hour. */
  public Instant from() {
    return hours.get(0).from();
  }

  private static Instant thisHour(Instant now, ZoneId zone) {
    // Truncated on the local clock, so that zones with half an hour in their offset get their
    // hours.
    return ZonedDateTime.ofInstant(now, zone).truncatedTo(ChronoUnit.HOURS).toInstant();
  }
}
