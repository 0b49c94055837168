package io.oasis.server.apply;

import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Stretch;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which fires come and go when a schedule is changed. */
final class FireForecast {
  /** Times that are compared one by one; past it a plan tells the two counts as they are. */
  private static final int COMPARED = 500;

  private FireForecast() {}

  /** Of a job that is new or switched on. */
  static PlanStep.FireChange added(JobTiming timing, Instant now, Instant until) {
    Optional<Stretch> found = FireTimes.missed(timing, now, until);
    return new PlanStep.FireChange(0, count(found), found.map(Stretch::first));
  }

  /** Of a job that is switched off. */
  static PlanStep.FireChange removed(JobTiming timing, Instant now, Instant until) {
    return new PlanStep.FireChange(
        count(FireTimes.missed(timing, now, until)), 0, Optional.empty());
  }

  /** Of a job whose schedule changes. Times that both schedules have are not told. */
  static PlanStep.FireChange changed(
      JobTiming before, JobTiming after, Instant now, Instant until) {
    Optional<Stretch> old = FireTimes.missed(before, now, until);
    Optional<Stretch> young = FireTimes.missed(after, now, until);
    if (count(old) > COMPARED || count(young) > COMPARED) {
      return new PlanStep.FireChange(count(old), count(young), young.map(Stretch::first));
    }
    Set<Instant> oldTimes = new HashSet<>(FireTimes.preview(before, now, (int) count(old)));
    List<Instant> youngTimes = FireTimes.preview(after, now, (int) count(young));
    List<Instant> added = youngTimes.stream().filter(time -> !oldTimes.contains(time)).toList();
    long kept = (long) youngTimes.size() - added.size();
    return new PlanStep.FireChange(
        oldTimes.size() - kept, added.size(), added.stream().findFirst());
  }

  private static long count(Optional<Stretch> stretch) {
    return stretch.map(Stretch::count).orElse(0L);
  }
}
