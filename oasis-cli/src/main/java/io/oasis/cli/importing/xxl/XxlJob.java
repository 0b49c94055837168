package io.oasis.cli.importing.xxl;

import io.oasis.cli.importing.ImportedJob;
import io.oasis.cli.importing.ImportedJob.Script;
import io.oasis.cli.importing.JobNames;
import io.oasis.cli.importing.Note;
import io.oasis.cli.importing.SpecFields;
import io.oasis.cli.importing.fires.QuartzCron;
import io.oasis.cli.importing.fires.RobfigCron;
import io.oasis.cli.importing.fires.SourceSchedule;
import io.oasis.cli.importing.fires.UnreadableSchedule;
import io.oasis.schedule.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One row of {@code xxl_job_info} on its way to a job. */
final class XxlJob {
  private static final Map<String, String> SHELLS =
      Map.of(
          "GLUE_SHELL", "/bin/bash",
          "GLUE_PYTHON", "python",
          "GLUE_PHP", "php",
          "GLUE_NODEJS", "node",
          "GLUE_POWERSHELL", "powershell");
  private static final Map<String, String> ENDINGS =
      Map.of(
          "GLUE_SHELL", ".sh",
          "GLUE_PYTHON", ".py",
          "GLUE_PHP", ".php",
          "GLUE_NODEJS", ".js",
          "GLUE_POWERSHELL", ".ps1");

  private final Row row;
  private final String app;
  private final String name;
  private final XxlImporter.Options options;
  private final List<Note> notes = new ArrayList<>();
  private final Map<String, Object> spec = new LinkedHashMap<>();
  private Optional<Script> script = Optional.empty();

  XxlJob(Row row, String app, String name, XxlImporter.Options options) {
    this.row = row;
    this.app = app;
    this.name = name;
    this.options = options;
  }

  /**
   * The job.
   *
   * @throws UnreadableSchedule when XXL-JOB would not take its schedule
   */
  ImportedJob job(String origin) {
    row.text("job_desc").map(JobNames::line).ifPresent(title -> spec.put("title", title));
    Optional<SourceSchedule> fires = schedule();
    boolean once = row.text("misfire_strategy").orElse("DO_NOTHING").equals("FIRE_ONCE_NOW");
    spec.put("misfire", once ? "last" : "none");
    boolean runs = handler();
    spec.put("routing", routing());
    spec.put("blocking", blocking());
    limits();
    people();
    if (row.number("trigger_status") == 0 && row.has("trigger_status")) {
      spec.put("enabled", false);
      notes.add(Note.kept("trigger_status", "stopped: enabled: false"));
    }
    if (!runs) {
      spec.put("enabled", false);
    }
    row.text("child_jobid")
        .ifPresent(
            children ->
                notes.add(
                    Note.lost(
                        "child jobs " + children,
                        "start them from the handler when it has succeeded, over the REST API")));
    return new ImportedJob(origin, app, name, Map.of(), spec, fires, List.copyOf(notes), script);
  }

  private Optional<SourceSchedule> schedule() {
    String old = row.text("job_cron").orElse("");
    String type = row.text("schedule_type").orElse(old.isEmpty() ? "NONE" : "CRON");
    String conf = row.text("schedule_conf").orElse(old);
    switch (type) {
      case "CRON" -> {
        SourceSchedule fires = QuartzCron.of(conf, options.zone());
        Map<String, Object> schedule = new LinkedHashMap<>();
        schedule.put("cron", conf.strip().replaceAll("\\s+", " "));
        schedule.put("timeZone", options.zone().getId());
        spec.put("schedule", schedule);
        return Optional.of(fires);
      }
      case "FIX_RATE" -> {
        Duration rate = seconds(conf);
        long next = row.number("trigger_next_time");
        Instant anchor =
            Instant.ofEpochSecond(next > 0 ? next / 1000 : options.now().getEpochSecond());
        spec.put(
            "schedule",
            SpecFields.of("fixedRate", DurationText.of(rate), "anchor", anchor.toString()));
        return Optional.of(RobfigCron.every(rate, anchor));
      }
      case "FIX_DELAY" -> {
        spec.put("schedule", Map.of("fixedDelay", DurationText.of(seconds(conf))));
        return Optional.empty();
      }
      case "NONE" -> {
        spec.put("schedule", "none");
        return Optional.empty();
      }
      default -> throw new UnreadableSchedule("unknown schedule_type " + JobNames.line(type));
    }
  }

  private static Duration seconds(String conf) {
    if (!conf.matches("\\d{1,8}") || Integer.parseInt(conf) < 1) {
      throw new UnreadableSchedule("`" + JobNames.line(conf) + "` is no number of seconds");
    }
    return Duration.ofSeconds(Integer.parseInt(conf));
  }

  /** Says what is run; false when Oasis has nothing that could run it. */
  private boolean handler() {
    String glue = row.text("glue_type").orElse("BEAN");
    Optional<String> param = row.text("executor_param");
    if (SHELLS.containsKey(glue)) {
      glueScript(glue, param);
      return true;
    }
    spec.put("handler", row.text("executor_handler").map(JobNames::line).orElse(name));
    param.ifPresent(
        text -> {
          spec.put("params", Map.of("param", text));
          notes.add(Note.changed("executor_param", "is the parameter `param` of the handler"));
        });
    if (!glue.equals("BEAN")) {
      notes.add(
          Note.lost(
              JobNames.line(glue),
              "its source is code for XXL-JOB's executor; write it as handler "
                  + spec.get("handler")
                  + ", then set enabled: true"));
      return false;
    }
    return true;
  }

  private void glueScript(String glue, Optional<String> param) {
    String source = row.text("glue_source").orElse("").replace("\r\n", "\n");
    Map<String, Object> params = new LinkedHashMap<>();
    spec.put("handler", "script");
    if (options.inline()) {
      params.put("inline", source);
      params.put("shell", SHELLS.get(glue));
      notes.add(Note.changed(glue, "an inline script: the worker needs --allow-inline"));
      param.ifPresent(text -> params.put("param", text));
    } else {
      String file = name + ENDINGS.get(glue);
      String head =
          source.startsWith("#!") || glue.equals("GLUE_PHP")
              ? ""
              : "#!/usr/bin/env " + interpreter(glue) + "\n";
      script = Optional.of(new Script(file, head + source + (source.endsWith("\n") ? "" : "\n")));
      params.put("script", file);
      notes.add(
          Note.changed(
              glue, "scripts/" + file + ", to be brought below a folder of --allow-script"));
      param.ifPresent(text -> params.put("args", text));
    }
    spec.put("params", params);
    param.ifPresent(
        text ->
            notes.add(
                Note.changed(
                    "executor_param",
                    options.inline()
                        ? "is OASIS_PARAM_PARAM, not an argument"
                        : "is split on blanks into arguments; the shard is OASIS_SHARD_INDEX")));
  }

  private static String interpreter(String glue) {
    String shell = SHELLS.get(glue);
    return shell.substring(shell.lastIndexOf('/') + 1);
  }

  private String routing() {
    String strategy = row.text("executor_route_strategy").orElse("FIRST");
    String became =
        switch (strategy) {
          case "ROUND" -> "round-robin";
          case "RANDOM" -> "random";
          case "FAILOVER" -> "failover";
          case "SHARDING_BROADCAST" -> "broadcast";
          case "LEAST_FREQUENTLY_USED", "LEAST_RECENTLY_USED", "BUSYOVER" -> "least-busy";
          default -> "failover";
        };
    switch (strategy) {
      case "ROUND", "RANDOM", "FAILOVER", "SHARDING_BROADCAST" ->
          notes.add(Note.kept("route " + strategy, "routing: " + became));
      case "FIRST", "CONSISTENT_HASH", "LAST" ->
          notes.add(
              Note.changed(
                  "route " + strategy,
                  "routing: failover: the first node by name, and the next when it refuses"));
      default -> notes.add(Note.changed("route " + JobNames.line(strategy), "routing: " + became));
    }
    return became;
  }

  private String blocking() {
    String strategy = row.text("executor_block_strategy").orElse("SERIAL_EXECUTION");
    String became =
        switch (strategy) {
          case "DISCARD_LATER" -> "discard";
          case "COVER_EARLY" -> "replace";
          default -> "serial";
        };
    notes.add(
        Note.changed(
            "block " + JobNames.line(strategy).toUpperCase(Locale.ROOT),
            "blocking: " + became + ", among all nodes and not on each alone"));
    return became;
  }

  private void limits() {
    long timeout = row.number("executor_timeout");
    if (timeout > 0) {
      spec.put("timeout", DurationText.of(Duration.ofSeconds(timeout)));
    }
    long retries = row.number("executor_fail_retry_count");
    if (retries > 0) {
      Map<String, Object> retry = new LinkedHashMap<>();
      retry.put("max", Math.min(100, retries));
      retry.put("backoff", "0s");
      spec.put("retry", retry);
      notes.add(Note.kept("executor_fail_retry_count", "retry.max: " + retries + ", at once"));
    }
  }

  private void people() {
    row.text("author").ifPresent(who -> spec.put("owner", Map.of("name", JobNames.line(who))));
    List<String> mail =
        row.text("alarm_email").stream()
            .flatMap(text -> List.of(text.split("[\\s,;]+", -1)).stream())
            .filter(a -> a.matches("[^\\s@,;<>]+@[^\\s@,;<>]+"))
            .distinct()
            .limit(50)
            .toList();
    if (!mail.isEmpty()) {
      spec.put("alarm", SpecFields.of("on", List.of("failure", "timeout", "lost"), "mail", mail));
      notes.add(Note.kept("alarm_email", "alarm.mail, once the last attempt has failed"));
    }
  }
}
