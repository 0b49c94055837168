package io.oasis.cli.importing.crontab;

import io.oasis.cli.importing.ImportedJob;
import io.oasis.cli.importing.ImportedJob.Script;
import io.oasis.cli.importing.JobNames;
import io.oasis.cli.importing.Note;
import io.oasis.cli.importing.SourceJobs;
import io.oasis.cli.importing.SpecFields;
import io.oasis.cli.importing.UnreadableSource;
import io.oasis.cli.importing.fires.SourceSchedule;
import io.oasis.cli.importing.fires.UnreadableSchedule;
import io.oasis.cli.importing.fires.VixieCron;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a crontab into jobs of the worker's {@code script} handler. */
public final class CrontabImporter {
  private static final int MOST_ENTRIES = 5_000;
  private static final Pattern VARIABLE =
      Pattern.compile("\\s*(?:(\\w+)|'(\\w+)'|\"(\\w+)\")\\s*=\\s*(.*)");
  private static final Pattern NICKNAMED = Pattern.compile("(@\\w+)\\s+(.*)");
  private static final Pattern FIELDS = Pattern.compile("((?:\\S+\\s+){4}\\S+)\\s+(.*)");
  private static final Pattern USER = Pattern.compile("(\\S+)\\s+(.*)");

  private final Options options;
  private final JobNames names = new JobNames();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<ImportedJob> jobs = new ArrayList<>();
  private final List<SourceJobs.Refused> refused = new ArrayList<>();
  private String comment = "";

  /**
   * How to read.
   *
   * @param file how the crontab is called in the report
   * @param app the app that the jobs go to
   * @param system whether each line names a user before its command
   * @param zone of the machine that the crontab is from
   * @param inline whether jobs carry their scripts, rather than name files
   */
  public record Options(String file, String app, boolean system, ZoneId zone, boolean inline) {}

  private CrontabImporter(Options options) {
    this.options = options;
  }

  /**
   * Reads a crontab.
   *
   * @throws UnreadableSource when a line is neither an entry nor a variable nor a comment
   */
  public static SourceJobs read(String text, Options options) {
    CrontabImporter importer = new CrontabImporter(options);
    int number = 0;
    for (String line : text.split("\r\n|\n|\r", -1)) {
      number++;
      importer.line(line, number);
    }
    if (importer.jobs.isEmpty() && importer.refused.isEmpty()) {
      throw new UnreadableSource(options.file() + ": there is no entry in this crontab");
    }
    return new SourceJobs(importer.jobs, importer.refused, Map.of());
  }

  private void line(String line, int number) {
    String text = line.strip();
    if (text.isEmpty()) {
      comment = "";
    } else if (text.startsWith("#")) {
      comment = text.replaceFirst("^#+\\s*", "");
    } else if (!variable(line)) {
      entry(text, number);
      comment = "";
    }
  }

  private boolean variable(String line) {
    Matcher assignment = VARIABLE.matcher(line);
    if (!assignment.matches()) {
      return false;
    }
    String name =
        Optional.ofNullable(assignment.group(1))
            .or(() -> Optional.ofNullable(assignment.group(2)))
            .orElse(assignment.group(3));
    String value = assignment.group(4).strip();
    boolean quoted = value.matches("'.*'|\".*\"") && value.length() > 1;
    environment.put(name, quoted ? value.substring(1, value.length() - 1) : value);
    return true;
  }

  private void entry(String text, int number) {
    String origin = options.file() + ":" + number;
    if (jobs.size() + refused.size() >= MOST_ENTRIES) {
      throw new UnreadableSource(origin + ": there are more than " + MOST_ENTRIES + " entries");
    }
    Matcher form = (text.startsWith("@") ? NICKNAMED : FIELDS).matcher(text);
    if (!form.matches()) {
      throw new UnreadableSource(
          origin
              + ": this is not a line of a crontab: five fields or a word such as @daily, then"
              + (options.system() ? " a user and" : "")
              + " a command");
    }
    String rest = form.group(2);
    List<Note> notes = new ArrayList<>();
    Optional<String> user = Optional.empty();
    if (options.system()) {
      Matcher who = USER.matcher(rest);
      if (!who.matches()) {
        throw new UnreadableSource(origin + ": there is no command after the user");
      }
      user = Optional.of(who.group(1));
      rest = who.group(2);
    }
    if (form.group(1).equalsIgnoreCase("@reboot")) {
      refused.add(
          new SourceJobs.Refused(
              origin,
              "@reboot runs when a machine starts, and a cluster has no such moment; keep it as a"
                  + " service of the machine"));
      return;
    }
    try {
      add(origin, form.group(1), user, CronCommand.of(rest), notes);
    } catch (UnreadableSchedule wrong) {
      throw new UnreadableSource(
          origin + ": " + wrong.getMessage() + (options.system() ? "" : systemHint(rest)));
    }
  }

  private static String systemHint(String rest) {
    return rest.isBlank() ? "" : "; is this a crontab?";
  }

  private void add(
      String origin, String fields, Optional<String> user, CronCommand command, List<Note> notes) {
    ZoneId zone = zone(origin, notes);
    SourceSchedule fires = VixieCron.of(fields, zone);
    String name = names.take(options.app(), command.program(), "job");
    Map<String, Object> spec = new LinkedHashMap<>();
    String title = JobNames.line(comment);
    if (!title.isEmpty()) {
      spec.put("title", title);
    }
    spec.put(
        "schedule",
        SpecFields.of("cron", CronRewriter.forOasis(fields, notes), "timeZone", zone.getId()));
    spec.put("misfire", "none");
    spec.put("handler", "script");
    Script script = script(name, origin, command, notes);
    Map<String, Object> params = new LinkedHashMap<>();
    if (options.inline()) {
      params.put("inline", script.text().substring(script.text().indexOf('\n') + 1));
      params.put("shell", shell());
    } else {
      params.put("script", script.file());
    }
    spec.put("params", params);
    spec.put("blocking", "parallel");
    alarm(notes).ifPresent(alarm -> spec.put("alarm", alarm));
    user.ifPresent(
        u ->
            notes.add(
                Note.lost(
                    "user " + u, "start the worker of app " + options.app() + " as this user")));
    jobs.add(
        new ImportedJob(
            origin,
            options.app(),
            name,
            user.filter(u -> u.matches("[A-Za-z0-9][A-Za-z0-9._-]*"))
                .map(u -> Map.of("user", u))
                .orElse(Map.of()),
            spec,
            Optional.of(fires),
            List.copyOf(notes),
            options.inline() ? Optional.empty() : Optional.of(script)));
  }

  private ZoneId zone(String origin, List<Note> notes) {
    String name = environment.get("CRON_TZ");
    if (name == null) {
      return options.zone();
    }
    try {
      ZoneId zone = ZoneId.of(name);
      notes.add(Note.kept("CRON_TZ", "timeZone: " + name));
      return zone;
    } catch (DateTimeException e) {
      throw new UnreadableSource(origin + ": CRON_TZ is not a time zone: " + name);
    }
  }

  private Script script(String name, String origin, CronCommand command, List<Note> notes) {
    Map<String, String> exported = new LinkedHashMap<>(environment);
    List.of("MAILTO", "MAILFROM", "CRON_TZ", "SHELL", "RANDOM_DELAY").forEach(exported::remove);
    if (!exported.isEmpty()) {
      notes.add(
          Note.kept("environment", String.join(", ", exported.keySet()) + " set by the script"));
    }
    if (environment.containsKey("RANDOM_DELAY")) {
      notes.add(
          Note.lost("RANDOM_DELAY", "write schedule.jitter, which is the same for every fire"));
    }
    if (!command.input().isEmpty()) {
      notes.add(Note.kept("%", "what follows it is standard input, which the script gives"));
    }
    notes.add(
        options.inline()
            ? Note.changed("command", "an inline script: the worker needs --allow-inline")
            : Note.changed(
                "command",
                "scripts/" + name + ".sh, to be brought below a folder of --allow-script"));
    String head = "#!" + shell() + "\n";
    return new Script(name + ".sh", head + "# From " + origin + "\n" + command.script(exported));
  }

  private String shell() {
    String wanted = environment.getOrDefault("SHELL", "/bin/sh");
    return wanted.matches("/[A-Za-z0-9/_.-]+") ? wanted : "/bin/sh";
  }

  private Optional<Map<String, Object>> alarm(List<Note> notes) {
    String mail = environment.getOrDefault("MAILTO", "");
    if (mail.isBlank()) {
      return Optional.empty();
    }
    List<String> addresses =
        List.of(mail.strip().split("[\\s,]+", -1)).stream()
            .filter(a -> a.matches("[^\\s@,;<>]+@[^\\s@,;<>]+"))
            .toList();
    if (addresses.isEmpty()) {
      notes.add(Note.lost("MAILTO " + mail, "not an address; write one under alarm.mail"));
      return Optional.empty();
    }
    notes.add(
        Note.changed("MAILTO", "mail when a run fails, not when it prints; its output is its log"));
    return Optional.of(
        SpecFields.of("on", List.of("failure", "timeout", "lost"), "mail", addresses));
  }
}
