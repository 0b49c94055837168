package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import io.oasis.cli.output.Table.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists as tables. */
public final class Listings {
  private final Times times;
  private final boolean wide;

  /**
   * Tables as seen now.
   *
   * @param wide with every column
   */
  public Listings(Times times, boolean wide) {
    this.times = times;
    this.wide = wide;
  }

  /**
   * Jobs.
   *
   * @param withApp whether names carry their app
   */
  public Table jobs(List<Facts> jobs, boolean withApp) {
    Table table =
        table(
            List.of("NAME", "SCHEDULE", "ZONE", "STATE", "NEXT", "LAST", "OWNER"),
            List.of("HANDLER", "REVISION", "SOURCE", "TITLE"));
    for (Facts job : jobs) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(job.text(withApp ? "key" : "name")));
      row.add(Cell.of(job.text("scheduleText")));
      row.add(Cell.of(job.text("timeZone")));
      row.add(jobState(job));
      row.add(Cell.of(nextFire(job)));
      row.add(last(job.in("lastRun")));
      row.add(Cell.of(job.in("owner").text("name")));
      if (wide) {
        row.add(Cell.of(job.text("handler")));
        row.add(Cell.of(job.text("revision")));
        row.add(Cell.of(source(job)));
        row.add(Cell.of(job.text("title")));
      }
      table.add(row);
    }
    return table;
  }

  /** Apps. */
  public Table apps(List<Facts> apps) {
    Table table =
        table(List.of("NAME", "TITLE", "REGISTRATION", "NODES", "JOBS", "OWNER"), List.of("MAIL"));
    for (Facts app : apps) {
      Facts nodes = app.in("nodes");
      String counts = nodes.number("online") + " online";
      if (nodes.number("draining") > 0) {
        counts += ", " + nodes.number("draining") + " draining";
      }
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(app.text("name")));
      row.add(Cell.of(app.text("title")));
      row.add(Cell.of(app.text("registration").toLowerCase(Locale.ROOT)));
      row.add(new Cell(counts, nodes.number("online") > 0 ? Tone.PLAIN : Tone.WARN));
      row.add(Cell.of(app.text("jobs")));
      row.add(Cell.of(app.in("owner").text("name")));
      if (wide) {
        row.add(Cell.of(app.in("owner").text("email")));
      }
      table.add(row);
    }
    return table;
  }

  /** Nodes. */
  public Table nodes(List<Facts> nodes) {
    Table table =
        table(
            List.of("NODE", "APP", "ADDRESS", "STATE", "SLOTS", "HEARTBEAT", "VERSION"),
            List.of("SDK", "HANDLERS", "LABELS", "CONNECTED", "SERVER"));
    for (Facts node : nodes) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(node.text("id")));
      row.add(Cell.of(node.text("app")));
      row.add(Cell.of(node.text("address")));
      row.add(nodeState(node.text("state")));
      row.add(Cell.of("%s of %s busy".formatted(node.number("busySlots"), node.number("slots"))));
      row.add(Cell.of(node.instant("heartbeatAt").map(times::relative).orElse("")));
      row.add(Cell.of(node.text("appVersion")));
      if (wide) {
        row.add(Cell.of(node.text("sdkVersion")));
        row.add(Cell.of(String.join(",", node.texts("handlers"))));
        row.add(Cell.of(labels(node)));
        row.add(Cell.of(node.instant("connectedAt").map(times::relative).orElse("")));
        row.add(Cell.of(node.text("serverId")));
      }
      table.add(row);
    }
    return table;
  }

  /** Runs. */
  public Table runs(List<Facts> runs) {
    Table table =
        table(
            List.of("RUN", "JOB", "STATE", "REASON", "TRIGGER", "TIME", "TOOK", "NODE"),
            List.of("ATTEMPT", "LATE", "REVISION", "CREATED", "BY"));
    for (Facts run : runs) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(run.text("id")));
      row.add(Cell.of(run.text("job")));
      row.add(StateMark.of(run.text("state")).cell());
      row.add(Cell.of(RunText.reason(run) + times(run)));
      row.add(Cell.of(run.text("trigger").toLowerCase(Locale.ROOT)));
      row.add(Cell.of(when(run).map(times::relative).orElse("")));
      row.add(Cell.of(run.millis("durationMs").map(Times::duration).orElse("")));
      row.add(Cell.of(run.text("node")));
      if (wide) {
        row.add(Cell.of("%d of %d".formatted(run.number("attempt"), run.number("maxAttempts"))));
        row.add(Cell.of(run.millis("latenessMs").map(Times::duration).orElse("")));
        row.add(Cell.of(run.text("revision")));
        row.add(Cell.of(run.instant("createdAt").map(times::relative).orElse("")));
        row.add(Cell.of(run.text("triggeredBy")));
      }
      table.add(row);
    }
    return table;
  }

  /** {@code ×44}: a run that stands for many times. */
  private static String times(Facts run) {
    return run.has("stretch") ? " ×" + run.in("stretch").number("count") : "";
  }

  /** Tokens; never their secret, which the server does not know. */
  public Table tokens(List<Facts> tokens) {
    Table table =
        table(
            List.of("ID", "NAME", "KIND", "ROLE", "APP", "EXPIRES", "LAST USED"),
            List.of("CREATED", "BY"));
    for (Facts token : tokens) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(token.text("id")));
      row.add(Cell.of(token.text("name")));
      row.add(Cell.of(token.text("kind").toLowerCase(Locale.ROOT)));
      row.add(Cell.of(token.text("role").toLowerCase(Locale.ROOT)));
      row.add(Cell.of(token.text("app")));
      row.add(expiry(token));
      row.add(Cell.of(token.instant("lastUsedAt").map(times::relative).orElse("never")));
      if (wide) {
        row.add(Cell.of(token.instant("createdAt").map(times::relative).orElse("")));
        row.add(Cell.of(token.text("createdBy")));
      }
      table.add(row);
    }
    return table;
  }

  private Table table(List<String> always, List<String> whenWide) {
    List<String> headings = new ArrayList<>(always);
    if (wide) {
      headings.addAll(whenWide);
    }
    return new Table(headings);
  }

  private static Cell jobState(Facts job) {
    String state = job.text("state");
    return switch (state) {
      case "on" -> new Cell(state, Tone.GOOD);
      case "off" -> new Cell(state, Tone.WARN);
      default -> Cell.of(state);
    };
  }

  private String nextFire(Facts job) {
    return job.instant("nextFireAt")
        .map(times::relative)
        .orElse(job.number("running") > 0 ? "running" : "");
  }

  private Cell last(Facts run) {
    if (run.text("state").isEmpty()) {
      return Cell.of("");
    }
    StateMark mark = StateMark.of(run.text("state"));
    Optional<Duration> took = run.millis("durationMs");
    if (took.isEmpty() && mark.tone() == Tone.ACTIVE) {
      took = run.instant("nominalAt").map(at -> Duration.between(at, times.now()).abs());
    }
    String word =
        mark.tone() == Tone.GOOD || mark.tone() == Tone.ACTIVE
            ? ""
            : " " + mark.word().toLowerCase(Locale.ROOT);
    String text = mark.symbol() + word + took.map(d -> " " + Times.duration(d)).orElse("");
    return new Cell(text, mark.tone());
  }

  private static Cell nodeState(String state) {
    return switch (state) {
      case "ONLINE" -> new Cell("● online", Tone.GOOD);
      case "DRAINING" -> new Cell("◐ draining", Tone.WARN);
      case "OFFLINE" -> new Cell("○ offline", Tone.DIM);
      default -> Cell.of(state);
    };
  }

  private static String labels(Facts node) {
    return String.join(
        ",",
        node.map("labels").entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }

  private static String source(Facts job) {
    String commit = job.text("commit");
    String shown = commit.length() > 8 ? commit.substring(0, 7) : commit;
    return job.text("source") + (shown.isEmpty() ? "" : "@" + shown);
  }

  private Cell expiry(Facts token) {
    Optional<Instant> at = token.instant("expiresAt");
    if (at.isEmpty()) {
      return Cell.of("never");
    }
    boolean over = at.get().isBefore(times.now());
    return new Cell(times.relative(at.get()), over ? Tone.BAD : Tone.PLAIN);
  }

  private static Optional<Instant> when(Facts run) {
    return run.instant("nominalAt").or(() -> run.instant("createdAt"));
  }
}
