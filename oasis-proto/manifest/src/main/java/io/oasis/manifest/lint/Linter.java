package io.oasis.manifest.lint;

import io.oasis.manifest.Alarm;
import io.oasis.manifest.Blocking;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Manifest;
import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Owner;
import io.oasis.manifest.PastTimes;
import io.oasis.manifest.Problem;
import io.oasis.manifest.ReadResult;
import io.oasis.manifest.SecretRef;
import io.oasis.manifest.lint.Finding.Severity;
import io.oasis.schedule.DurationText;
import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what is wrong or doubtful in manifests. A warning falls silent when the author writes out
 * what he means: {@code gap}, {@code overlap}, {@code timeZone}, {@code blocking}.
 */
public final class Linter {
  private static final int FIRES_LOOKED_AT = 20;

  private final Instant now;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Owner> ownersOfApps = new HashMap<>();

  private Linter(Instant now) {
    this.now = now;
  }

  /**
   * Every finding, by file and place.
   *
   * @param now what is past and what the clocks do next depends on it
   */
  public static List<Finding> lint(ReadResult read, Instant now) {
    Linter linter = new Linter(now);
    read.problems()
        .forEach(p -> linter.findings.add(new Finding(Rule.MANIFEST, Severity.ERROR, p)));
    for (Manifest manifest : read.manifests()) {
      if (manifest instanceof AppManifest app) {
        linter.ownersOfApps.put(app.name(), app.spec().owner());
      }
    }
    for (Manifest manifest : read.manifests()) {
      if (manifest instanceof JobManifest job) {
        linter.check(job);
      }
    }
    linter.findings.sort(
        Comparator.comparing((Finding f) -> f.problem().file())
            .thenComparingInt(f -> f.problem().line())
            .thenComparingInt(f -> f.problem().column()));
    return List.copyOf(linter.findings);
  }

  private void check(JobManifest job) {
    if (job.spec().schedule() instanceof Schedule.Cron cron) {
      ClockRules.check(job, cron, now).forEach(this::warn);
    }
    checkFires(job);
    checkLimits(job);
    checkAlarm(job);
    checkParams(job);
  }

  private void checkFires(JobManifest job) {
    Optional<Problem> past = PastTimes.check(job, now);
    if (past.isPresent()) {
      warn(new Warning(Rule.PAST, past.get()));
      return;
    }
    boolean timed =
        job.spec().schedule() instanceof Schedule.Cron
            || job.spec().schedule() instanceof Schedule.FixedRate;
    if (timed && fires(job, 1).isEmpty()) {
      warn(
          Rule.NEVER,
          job,
          job.location().writes("spec.schedule.end") ? "spec.schedule.end" : "spec.schedule",
          "the schedule never fires again",
          "choose later times, or remove the job");
    }
  }

  private void checkLimits(JobManifest job) {
    JobSpec spec = job.spec();
    boolean limited = spec.timeouts().run().isPresent() || spec.timeouts().total().isPresent();
    if (!limited && (spec.handler().equals("script") || spec.handler().equals("http"))) {
      warn(
          Rule.NO_TIMEOUT,
          job,
          "spec.handler",
          "a run of handler `" + spec.handler() + "` may last for ever",
          "add a limit, for example timeout: 10m");
    }
    boolean serial = spec.blocking().strategy() == Blocking.Strategy.SERIAL;
    Optional<Duration> period = serial ? shortestPeriod(job) : Optional.empty();
    if (period.isPresent()
        && spec.timeouts().run().filter(t -> t.compareTo(period.get()) > 0).isPresent()
        && !job.location().writes("spec.blocking")) {
      warn(
          Rule.LONG_TIMEOUT,
          job,
          "spec.timeout",
          "a run may last "
              + DurationText.of(spec.timeouts().run().get())
              + ", but the next is due after "
              + DurationText.of(period.get())
              + ": runs would queue",
          "shorten the timeout, or write blocking: discard, parallel or serial");
    }
  }

  private Optional<Duration> shortestPeriod(JobManifest job) {
    List<Instant> fires = fires(job, FIRES_LOOKED_AT);
    Optional<Duration> shortest = Optional.empty();
    for (int i = 1; i < fires.size(); i++) {
      Duration period = Duration.between(fires.get(i - 1), fires.get(i));
      if (shortest.isEmpty() || period.compareTo(shortest.get()) < 0) {
        shortest = Optional.of(period);
      }
    }
    return shortest;
  }

  private List<Instant> fires(JobManifest job, int count) {
    JobSpec spec = job.spec();
    JobTiming timing = new JobTiming(spec.schedule(), spec.window(), spec.jitter(), "", now);
    return FireTimes.preview(timing, now, count);
  }

  private void checkAlarm(JobManifest job) {
    Alarm alarm = job.spec().alarm();
    if (alarm.on().isEmpty()) {
      return;
    }
    Owner app = ownersOfApps.get(job.key().app());
    boolean ownerUnknown =
        app != null && app.email().isEmpty() && job.spec().owner().email().isEmpty();
    boolean onlyOwner = alarm.mail().stream().allMatch("owner"::equals);
    if (alarm.mail().isEmpty() || (onlyOwner && ownerUnknown)) {
      warn(
          Rule.NO_RECIPIENT,
          job,
          alarm.mail().isEmpty() ? "spec.alarm" : "spec.alarm.mail",
          alarm.mail().isEmpty()
              ? "the alarm names nobody to tell"
              : "the alarm is for the owner, and neither the job nor its app has one with an email",
          "add an address to mail, or an owner with an email");
    }
  }

  private void checkParams(JobManifest job) {
    job.spec()
        .params()
        .forEach(
            (name, value) -> {
              boolean plain = !value.isBlank() && SecretRef.nameIn(value).isEmpty();
              if (plain && SecretRef.isSecretName(name)) {
                warn(
                    Rule.PLAIN_SECRET,
                    job,
                    "spec.params." + name,
                    "the name says secret, and the value can be read by everybody who reads the file",
                    "write {secretRef: NAME}, and give the value to the executor");
              }
            });
  }

  private void warn(Rule rule, JobManifest job, String path, String message, String hint) {
    warn(new Warning(rule, Problem.at(job.location(), path, message, hint)));
  }

  private void warn(Warning warning) {
    findings.add(new Finding(warning.rule(), Severity.WARNING, warning.problem()));
  }
}
