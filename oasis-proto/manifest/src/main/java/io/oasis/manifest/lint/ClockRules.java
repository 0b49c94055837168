package io.oasis.manifest.lint;

import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Problem;
import io.oasis.schedule.FireTimes;
import io.oasis.schedule.GapSkip;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Schedule.Cron;
import io.oasis.schedule.Schedule.Gap;
import io.oasis.schedule.Schedule.Overlap;
import io.oasis.schedule.Window;
import io.oasis.schedule.cron.CronExpression;
import io.oasis.schedule.cron.CronParse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a cron expression means on the clock of its zone. */
final class ClockRules {
  private static final Duration HORIZON = Duration.ofDays(2 * 366);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private final JobManifest job;
  private final Cron cron;
  private final Instant now;
  private final List<Warning> warnings = new ArrayList<>();

  private ClockRules(JobManifest job, Cron cron, Instant now) {
    this.job = job;
    this.cron = cron;
    this.now = now;
  }

  static List<Warning> check(JobManifest job, Cron cron, Instant now) {
    ClockRules rules = new ClockRules(job, cron, now);
    if (CronExpression.parse(cron.expression()) instanceof CronParse.Parsed parsed) {
      if (parsed.expression().isInterval()) {
        rules.checkSeconds();
      } else {
        rules.checkZone();
        rules.checkGap();
        rules.checkOverlap();
      }
    }
    return rules.warnings;
  }

  private void checkSeconds() {
    List<Instant> fires = FireTimes.preview(timing(cron.gap(), cron.overlap()), now, 3);
    if (fires.size() == 3 && Duration.between(fires.get(0), fires.get(2)).toSeconds() == 2) {
      warn(
          Rule.EVERY_SECOND,
          "the job fires every second: 86,400 runs a day",
          "write 0 as the first field to fire every minute, or blocking: discard if it is meant");
    }
  }

  private void checkZone() {
    if (!writes("timeZone")) {
      warn(
          Rule.TIME_ZONE,
          "a time of day without a time zone is that of the server's configuration",
          "write timeZone, for example Asia/Shanghai or UTC");
    }
  }

  private void checkGap() {
    if (writes("gap")) {
      return;
    }
    List<GapSkip> skips =
        FireTimes.skippedByGap(timing(Gap.SKIP, cron.overlap()), now, now.plus(HORIZON));
    if (!skips.isEmpty()) {
      GapSkip first = skips.get(0);
      warn(
          Rule.CLOCK_GAP,
          "on "
              + first.local().toLocalDate()
              + " the clock of "
              + cron.zone()
              + " jumps over "
              + TIME.format(first.local())
              + "; the job fires at "
              + TIME.format(first.at().atZone(cron.zone()))
              + " then",
          "write gap: shift or gap: skip, or choose another hour");
    }
  }

  private void checkOverlap() {
    if (writes("overlap")) {
      return;
    }
    JobTiming both = timing(cron.gap(), Overlap.BOTH);
    Instant end = now.plus(HORIZON);
    ZoneOffsetTransition change = cron.zone().getRules().nextTransition(now);
    while (change != null && change.getInstant().isBefore(end)) {
      Instant begin = change.getInstant();
      Instant secondTimeOver = begin.minus(change.getDuration());
      Optional<Instant> again =
          change.isOverlap()
              ? FireTimes.next(both, begin.minusNanos(1)).filter(f -> f.isBefore(secondTimeOver))
              : Optional.empty();
      if (again.isPresent()) {
        LocalDateTime local = again.get().atZone(cron.zone()).toLocalDateTime();
        warn(
            Rule.CLOCK_OVERLAP,
            "on "
                + local.toLocalDate()
                + " the clock of "
                + cron.zone()
                + " shows "
                + TIME.format(local)
                + " twice; the job fires the first time only",
            "write overlap: first or overlap: both, or choose another hour");
        return;
      }
      change = cron.zone().getRules().nextTransition(begin);
    }
  }

  private JobTiming timing(Gap gap, Overlap overlap) {
    Schedule schedule = new Cron(cron.expression(), cron.zone(), gap, overlap);
    return new JobTiming(schedule, Window.ALWAYS, Duration.ZERO, "", now);
  }

  private boolean writes(String option) {
    return job.location().writes("spec.schedule." + option);
  }

  private void warn(Rule rule, String message, String hint) {
    warnings.add(
        new Warning(rule, Problem.at(job.location(), "spec.schedule.cron", message, hint)));
  }
}
