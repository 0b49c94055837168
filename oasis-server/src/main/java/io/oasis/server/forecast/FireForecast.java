package io.oasis.server.forecast;

import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Stretch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which fires come and go when a schedule is changed. */
public final class FireForecast {
  /** A week of a fire a minute can be compared to its end. */
  private static final int MOST_COMPARED = 12_000;

  private static final int FEWEST_COMPARED = 200;
  private static final int COMPARED_IN_ALL = 400_000;

  /** A time of day is told when this many fires or fewer share it. */
  private static final int LOOKED_AT = 100;

  private final Instant now;
  private final Instant until;
  private final int steps;

  /**
   * Looks from {@code now} on.
   *
   * @param until the end of the horizon
   * @param jobs how many jobs are looked at: the more, the fewer fires of each are compared
   */
  public FireForecast(Instant now, Instant until, int jobs) {
    this.now = now;
    this.until = until;
    this.steps =
        Math.max(FEWEST_COMPARED, Math.min(MOST_COMPARED, COMPARED_IN_ALL / Math.max(1, jobs)));
  }

  /** Of a job that is new or switched on. */
  public FireChange added(JobTiming timing) {
    Optional<Stretch> found = FireTimes.missed(timing, now, until);
    return new FireChange(
        0,
        count(found),
        0,
        found.map(Stretch::first),
        Optional.empty(),
        timeOfDay(timing, count(found)),
        Optional.empty());
  }

  /** Of a job that is switched off. */
  public FireChange removed(JobTiming timing) {
    long count = count(FireTimes.missed(timing, now, until));
    return new FireChange(
        count,
        0,
        0,
        Optional.empty(),
        timeOfDay(timing, count),
        Optional.empty(),
        Optional.empty());
  }

  /** Of a job whose schedule changes. */
  public FireChange changed(JobTiming before, JobTiming after) {
    ZoneId zone = zone(after.schedule());
    Side gone = new Side(zone);
    Side come = new Side(zone);
    Optional<Instant> old = next(before, now);
    Optional<Instant> young = next(after, now);
    Optional<Instant> stopped = Optional.empty();
    for (int step = 0; old.isPresent() || young.isPresent(); step++) {
      Instant at = earlier(old, young);
      if (step == steps) {
        stopped = Optional.of(at);
        break;
      }
      boolean was = old.isPresent() && old.get().equals(at);
      boolean is = young.isPresent() && young.get().equals(at);
      if (was && !is) {
        gone.add(at);
      } else if (is && !was) {
        come.add(at);
      }
      old = was ? next(before, at) : old;
      young = is ? next(after, at) : young;
    }
    return new FireChange(
        gone.count,
        come.count,
        gone.sameDays(come),
        Optional.ofNullable(come.first),
        gone.timeOfDay(),
        come.timeOfDay(),
        stopped);
  }

  private Optional<Instant> next(JobTiming timing, Instant after) {
    return FireTimes.next(timing, after).filter(time -> !time.isAfter(until));
  }

  private static Instant earlier(Optional<Instant> a, Optional<Instant> b) {
    if (a.isEmpty()) {
      return b.orElseThrow();
    }
    return b.isEmpty() || a.get().isBefore(b.get()) ? a.get() : b.get();
  }

  private Optional<LocalTime> timeOfDay(JobTiming timing, long count) {
    if (count == 0 || count > LOOKED_AT) {
      return Optional.empty();
    }
    ZoneId zone = zone(timing.schedule());
    List<LocalTime> times =
        FireTimes.preview(timing, now, (int) count).stream()
            .map(time -> time.atZone(zone).toLocalTime())
            .distinct()
            .limit(2)
            .toList();
    return times.size() == 1 ? Optional.of(times.get(0)) : Optional.empty();
  }

  /** The zone in which people think of the schedule's times. */
  static ZoneId zone(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Cron cron -> cron.zone();
      case Schedule.OneTime once -> once.zone();
      case Schedule.FixedRate rate -> ZoneOffset.UTC;
      case Schedule.FixedDelay delay -> ZoneOffset.UTC;
      case Schedule.None none -> ZoneOffset.UTC;
    };
  }

  private static long count(Optional<Stretch> stretch) {
    return stretch.map(Stretch::count).orElse(0L);
  }

  /** What comes, or what goes. */
  private static final class Side {
    private final ZoneId zone;
    private final Map<LocalDate, Integer> days = new HashMap<>();
    private final Set<LocalTime> times = new HashSet<>();
    private long count;
    private Instant first;

    private Side(ZoneId zone) {
      this.zone = zone;
    }

    private void add(Instant at) {
      if (count++ == 0) {
        first = at;
      }
      days.merge(at.atZone(zone).toLocalDate(), 1, Integer::sum);
      if (times.size() < 2) {
        times.add(at.atZone(zone).toLocalTime());
      }
    }

    private Optional<LocalTime> timeOfDay() {
      return times.size() == 1 ? times.stream().findFirst() : Optional.empty();
    }

    private long sameDays(Side other) {
      long same = 0;
      for (Map.Entry<LocalDate, Integer> day : days.entrySet()) {
        same += Math.min(day.getValue(), other.days.getOrDefault(day.getKey(), 0));
      }
      return same;
    }
  }
}
