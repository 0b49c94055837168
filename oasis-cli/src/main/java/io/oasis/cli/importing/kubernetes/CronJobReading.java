package io.oasis.cli.importing.kubernetes;

import io.oasis.cli.importing.ImportedJob;
import io.oasis.cli.importing.JobNames;
import io.oasis.cli.importing.Note;
import io.oasis.cli.importing.SpecFields;
import io.oasis.cli.importing.fires.RobfigCron;
import io.oasis.cli.importing.fires.SourceSchedule;
import io.oasis.cli.importing.fires.UnreadableSchedule;
import io.oasis.schedule.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One CronJob on its way to a job. */
final class CronJobReading {
  private static final Pattern EVERY =
      Pattern.compile("@every\\s+(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,126}[A-Za-z0-9])?");

  private final Node object;
  private final Node spec;
  private final Node pod;
  private final String app;
  private final String name;
  private final CronJobImporter.Options options;
  private final List<Note> notes = new ArrayList<>();
  private final Map<String, Object> made = new LinkedHashMap<>();

  CronJobReading(Node object, String app, String name, CronJobImporter.Options options) {
    this.object = object;
    this.spec = object.at("spec");
    this.pod = spec.at("jobTemplate", "spec", "template", "spec");
    this.app = app;
    this.name = name;
    this.options = options;
  }

  /**
   * The job.
   *
   * @throws UnreadableSchedule when Kubernetes would not take its schedule
   */
  ImportedJob job(String origin) {
    SourceSchedule fires = schedule();
    misfire();
    containers();
    made.put("blocking", blocking());
    retry();
    timeout();
    if (spec.at("suspend").text().filter("true"::equals).isPresent()) {
      made.put("enabled", false);
      notes.add(Note.kept("suspend", "enabled: false"));
    }
    rest();
    Map<String, String> labels = new TreeMap<>();
    object
        .at("metadata", "labels")
        .texts()
        .forEach(
            (key, value) -> {
              if (KEY.matcher(key).matches() && labels.size() < 50) {
                labels.put(key, value);
              }
            });
    return new ImportedJob(
        origin, app, name, labels, made, Optional.of(fires), List.copyOf(notes), Optional.empty());
  }

  private SourceSchedule schedule() {
    String written = spec.at("schedule").text().orElse("");
    ZoneId zone = spec.at("timeZone").text().map(CronJobReading::zone).orElse(options.zone());
    Matcher every = EVERY.matcher(written.strip());
    if (every.matches()) {
      Duration interval =
          Duration.ofHours(number(every.group(1)))
              .plusMinutes(number(every.group(2)))
              .plusSeconds(number(every.group(3)));
      if (interval.isZero()) {
        throw new UnreadableSchedule("`" + written + "` is no interval");
      }
      Instant begin = options.now().truncatedTo(ChronoUnit.SECONDS);
      made.put(
          "schedule",
          SpecFields.of("fixedRate", DurationText.of(interval), "anchor", begin.toString()));
      notes.add(
          Note.changed(
              "schedule", written + " counts from now, not from when the CronJob was made"));
      return RobfigCron.every(interval, begin);
    }
    RobfigCron.Parts parts = RobfigCron.parts(written, zone);
    final SourceSchedule fires = RobfigCron.of(parts);
    String fields = CronForOasis.of(parts.fields());
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put("cron", fields);
    schedule.put("timeZone", parts.zone().getId());
    boolean timeOfDay =
        !fields.split(" ", -1)[0].startsWith("*") && !fields.split(" ", -1)[1].startsWith("*");
    if (timeOfDay && parts.zone().getRules().nextTransition(options.now()) != null) {
      schedule.put("gap", "skip");
      schedule.put("overlap", "both");
    }
    if (!fields.equals(written.strip())) {
      notes.add(Note.kept("schedule", written + " is written " + fields));
    }
    if (!spec.at("timeZone").exists() && parts.zone().equals(options.zone())) {
      notes.add(
          Note.changed(
              "timeZone", "taken to be " + parts.zone() + ", that of the controller; see --zone"));
    }
    made.put("schedule", schedule);
    return fires;
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new UnreadableSchedule("unknown time zone `" + name + "`");
    }
  }

  private static long number(String text) {
    return text == null ? 0 : Long.parseLong(text);
  }

  private void misfire() {
    Optional<Integer> deadline = spec.at("startingDeadlineSeconds").number().filter(n -> n > 0);
    if (deadline.isEmpty()) {
      return;
    }
    int seconds = Math.min(deadline.get(), 31 * 86_400);
    Map<String, Object> misfire = new LinkedHashMap<>();
    misfire.put("policy", "last");
    misfire.put("window", text(seconds));
    if (seconds < 5) {
      misfire.put("grace", text(seconds));
    }
    made.put("misfire", misfire);
    notes.add(Note.kept("startingDeadlineSeconds", "misfire.window: " + text(seconds)));
  }

  private String blocking() {
    return switch (spec.at("concurrencyPolicy").text().orElse("Allow")) {
      case "Forbid" -> {
        notes.add(Note.kept("concurrencyPolicy", "Forbid is blocking: discard"));
        yield "discard";
      }
      case "Replace" -> {
        notes.add(Note.kept("concurrencyPolicy", "Replace is blocking: replace"));
        yield "replace";
      }
      default -> "parallel";
    };
  }

  private void retry() {
    int limit = spec.at("jobTemplate", "spec", "backoffLimit").number().orElse(6);
    Map<String, Object> retry = new LinkedHashMap<>();
    retry.put("max", Math.max(0, Math.min(100, limit)));
    retry.put("backoff", "10s");
    retry.put("cap", "6m");
    made.put("retry", retry);
    notes.add(Note.kept("backoffLimit", limit + " retries, after 10 s, 20 s and so on to 6 m"));
  }

  private void timeout() {
    Map<String, Object> timeout = new LinkedHashMap<>();
    pod.at("activeDeadlineSeconds")
        .number()
        .filter(n -> n > 0)
        .ifPresent(n -> timeout.put("run", text(n)));
    spec.at("jobTemplate", "spec", "activeDeadlineSeconds")
        .number()
        .filter(n -> n > 0)
        .ifPresent(
            n -> {
              timeout.put("total", text(n));
              notes.add(Note.kept("activeDeadlineSeconds", "timeout.total: " + text(n)));
            });
    pod.at("terminationGracePeriodSeconds")
        .number()
        .filter(n -> n >= 0 && n <= 3600)
        .ifPresent(n -> timeout.put("killGrace", text(n)));
    if (!timeout.isEmpty()) {
      made.put("timeout", timeout);
    }
  }

  private void containers() {
    made.put("handler", name);
    List<Node> containers = pod.at("containers").items();
    if (containers.isEmpty()) {
      notes.add(Note.lost("containers", "there is none"));
      return;
    }
    Node container = containers.get(0);
    Map<String, Object> params = ContainerParams.of(container, notes);
    if (!params.isEmpty()) {
      made.put("params", params);
    }
    String image = container.at("image").text().orElse("(no image)");
    notes.add(
        Note.lost(
            "image " + JobNames.line(image),
            "Oasis starts no containers; offer handler "
                + name
                + " in an application or a worker"));
    if (containers.size() > 1) {
      notes.add(
          Note.lost("containers", "only the first of " + containers.size() + " is looked at"));
    }
  }

  private static String text(int seconds) {
    return DurationText.of(Duration.ofSeconds(seconds));
  }

  private void rest() {
    for (String many : List.of("parallelism", "completions")) {
      spec.at("jobTemplate", "spec", many)
          .number()
          .filter(n -> n > 1)
          .ifPresent(
              n ->
                  notes.add(
                      Note.lost(
                          many + ": " + n,
                          "one run is one node; routing: broadcast runs on each")));
    }
    boolean history =
        spec.at("successfulJobsHistoryLimit").exists()
            || spec.at("failedJobsHistoryLimit").exists()
            || spec.at("jobTemplate", "spec", "ttlSecondsAfterFinished").exists();
    if (history) {
      notes.add(Note.lost("history limits", "how long runs are kept is set for the platform"));
    }
    for (String placed :
        List.of("nodeSelector", "affinity", "tolerations", "volumes", "initContainers")) {
      if (pod.at(placed).exists()) {
        notes.add(Note.lost(placed, "belongs to how the executor is deployed"));
      }
    }
  }
}
