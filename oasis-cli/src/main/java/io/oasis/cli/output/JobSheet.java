package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One job or one app with all that is known of it. */
public final class JobSheet {
  private static final String INDENT = "  ";

  private final Terminal terminal;
  private final Times times;

  /** Prints to the given terminal. */
  public JobSheet(Terminal terminal, Times times) {
    this.terminal = terminal;
    this.times = times;
  }

  /** A job. */
  public void job(Facts job) {
    heading("job " + job.text("key") + "  " + job.text("title"));
    Table table = new Table(List.of());
    table.addText("state", stateOf(job));
    job.optional("unreadable").ifPresent(why -> table.addText("trouble", why));
    table.addText("schedule", (job.text("scheduleText") + "  " + job.text("timeZone")).strip());
    table.addText("handler", job.text("handler"));
    table.addText("owner", person(job.in("owner")));
    table.addText("labels", pairs(job, "labels"));
    table.addText("revision", revisionOf(job));
    table.addText("source", sourceOf(job));
    job.optional("ciRun").ifPresent(run -> table.addText("built by", run));
    table.addText("uid", job.text("uid"));
    table.addText("running", job.text("running"));
    table.print(terminal, INDENT);
    nextFires(job);
    recentRuns(job);
    if (!job.node().path("spec").isMissingNode()) {
      heading("spec");
      Documents.yaml(job.node().path("spec"))
          .lines()
          .forEach(line -> terminal.print(INDENT + line));
    }
  }

  /** An app. */
  public void app(Facts app) {
    heading("app " + app.text("name") + "  " + app.text("title"));
    Facts counts = app.in("nodes");
    Table table = new Table(List.of());
    table.addText("registration", app.text("registration").toLowerCase(Locale.ROOT));
    table.addText("owner", person(app.in("owner")));
    table.addText("jobs", app.text("jobs"));
    table.addText(
        "nodes",
        "%d online, %d draining, %d offline"
            .formatted(
                counts.number("online"), counts.number("draining"), counts.number("offline")));
    table.print(terminal, INDENT);
    List<Facts> nodes = app.list("nodeList");
    if (!nodes.isEmpty()) {
      heading("nodes");
      new Listings(times, true).nodes(nodes).print(terminal, INDENT);
    }
  }

  private void nextFires(Facts job) {
    ZoneId zone = job.zone("timeZone").orElse(ZoneOffset.UTC);
    List<Instant> fires = job.instants("nextFires");
    if (fires.isEmpty()) {
      return;
    }
    heading("next fires");
    Table table = new Table(List.of());
    for (Instant fire : fires) {
      table.addText(Times.absoluteWithOffset(fire, zone), times.relativeExact(fire));
    }
    table.print(terminal, INDENT);
  }

  private void recentRuns(Facts job) {
    List<Facts> runs = job.list("recentRuns");
    if (!runs.isEmpty()) {
      heading("recent runs");
      new Listings(times, false).runs(runs).print(terminal, INDENT);
    }
  }

  private String stateOf(Facts job) {
    return job.text("state") + job.optional("disabledReason").map(r -> ": " + r).orElse("");
  }

  private static String sourceOf(Facts job) {
    String by =
        job.optional("author")
            .filter(author -> !author.equals(job.text("updatedBy")))
            .map(author -> "  by " + author)
            .orElse("");
    String edited = job.flag("overridden") ? "  edited by hand since, see 'oasis drift'" : "";
    return (job.text("source") + "  " + job.text("commit") + by + edited).strip();
  }

  private String revisionOf(Facts job) {
    String by = job.optional("updatedBy").map(who -> ", by " + who).orElse("");
    String when = job.instant("updatedAt").map(at -> ", " + times.relative(at)).orElse("");
    return job.text("revision") + by + when;
  }

  private static String person(Facts owner) {
    String mail = owner.optional("email").map(m -> " <" + m + ">").orElse("");
    return (owner.text("name") + mail).strip();
  }

  static String pairs(Facts facts, String field) {
    return facts.map(field).entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private void heading(String text) {
    terminal.print(terminal.palette().paint(Tone.STRONG, text.strip()));
  }
}
