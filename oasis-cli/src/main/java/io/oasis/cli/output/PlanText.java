package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import io.oasis.cli.output.Table.Cell;
import io.oasis.schedule.DurationText;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan, before and after it was applied. */
public final class PlanText {
  /** Longer lists show only what changes, unless everything is asked for. */
  private static final int SHOW_ALL_UP_TO = 40;

  private final Terminal terminal;
  private final Times times;
  private final boolean everything;

  /**
   * Prints plans.
   *
   * @param everything also steps that change nothing, however many there are
   */
  public PlanText(Terminal terminal, Times times, boolean everything) {
    this.terminal = terminal;
    this.times = times;
    this.everything = everything;
  }

  /** How many things the plan does. */
  public static long changes(Facts plan) {
    Facts summary = plan.in("summary");
    return summary.number("create") + summary.number("change") + summary.number("prune");
  }

  /** What would happen, field by field. */
  public void planned(Facts plan) {
    List<Facts> steps = plan.list("steps");
    int width = steps.stream().mapToInt(s -> DisplayWidth.of(title(s))).max().orElse(0);
    for (Facts step : steps) {
      String action = step.text("action");
      if (action.equals("unchanged") && !everything) {
        continue;
      }
      terminal.print(
          terminal.palette().paint(tone(action), sign(action))
              + " "
              + DisplayWidth.pad(title(step), width)
              + "  "
              + whatHappens(step, plan));
      if (action.equals("change")) {
        fields(step);
        fires(step);
      }
    }
    Facts summary = plan.in("summary");
    String unchanged = summary.number("unchanged") + " unchanged";
    terminal.print(
        changes(plan) == 0
            ? "Plan: nothing to do, " + unchanged + "."
            : "Plan: %d to add, %d to change, %d to prune, %s."
                .formatted(
                    summary.number("create"),
                    summary.number("change"),
                    summary.number("prune"),
                    unchanged));
  }

  /** What a step changes and what it does to time. */
  public void changed(Facts step) {
    fields(step);
    fires(step);
  }

  /** What has happened. */
  public void applied(Facts plan, boolean dryRun) {
    List<Facts> steps = plan.list("steps");
    boolean all = everything || steps.size() <= SHOW_ALL_UP_TO;
    Table table = new Table(List.of());
    for (Facts step : steps) {
      String action = step.text("action");
      if (action.equals("unchanged") && !all) {
        continue;
      }
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(step.text("kind") + " " + step.text("key")));
      row.add(new Cell(became(action, dryRun), tone(action)));
      String note = note(step, action);
      if (!note.isEmpty()) {
        row.add(Cell.of(note));
      }
      table.add(row);
    }
    table.print(terminal, "");
    terminal.print(appliedSummary(plan, dryRun));
  }

  private String appliedSummary(Facts plan, boolean dryRun) {
    long changes = changes(plan);
    String count = changes + (changes == 1 ? " change" : " changes");
    String took = plan.millis("durationMs").map(d -> " (" + Times.duration(d) + ")").orElse("");
    long unchanged = plan.in("summary").number("unchanged");
    if (changes == 0) {
      return "Nothing to do%s: %d unchanged.".formatted(took, unchanged);
    }
    if (dryRun) {
      return "Dry run: %s would be applied, %d unchanged. Nothing was written."
          .formatted(count, unchanged);
    }
    String at = plan.optional("commit").map(c -> " at " + shortCommit(c)).orElse("");
    return "Applied %s%s in one transaction%s, %d unchanged.".formatted(count, at, took, unchanged);
  }

  private void fields(Facts step) {
    Table table = new Table(List.of());
    for (Facts field : step.list("fields")) {
      table.addText(
          field.text("path"),
          SafeText.line(value(field, "before")),
          "→",
          SafeText.line(value(field, "after")));
    }
    table.print(terminal, "      ");
  }

  /** An absent value shows as a dash, an empty one as two quotes. */
  private static String value(Facts field, String name) {
    boolean empty = field.node().path(name).isTextual() && field.text(name).isEmpty();
    return empty ? "\"\"" : field.optional(name).orElse("–");
  }

  private void fires(Facts step) {
    if (!step.has("fires")) {
      return;
    }
    Facts fires = step.in("fires");
    if (fires.number("removed") == 0 && fires.number("added") == 0) {
      return;
    }
    ZoneId zone = step.zone("timeZone").orElse(ZoneOffset.UTC);
    String first =
        fires.instant("firstAt").map(at -> "    first: " + times.full(at, zone)).orElse("");
    terminal.print(
        "      fires, next %s:  −%d  +%d%s"
            .formatted(
                horizon(fires.text("horizon")),
                fires.number("removed"),
                fires.number("added"),
                first));
  }

  private static String horizon(String text) {
    return DurationText.parse(text)
        .filter(d -> d.toDays() > 0 && d.equals(Duration.ofDays(d.toDays())))
        .map(d -> d.toDays() == 1 ? "day" : d.toDays() + " days")
        .orElse(text);
  }

  private String whatHappens(Facts step, Facts plan) {
    return switch (step.text("action")) {
      case "create" -> next(step).map(next -> "new, " + next).orElse("new");
      case "change" ->
          "change" + step.zone("timeZone").map(z -> "  (" + z.getId() + ")").orElse("");
      case "prune" ->
          "prune (source %s, not in these files)".formatted(plan.optional("source").orElse("–"));
      default -> step.text("action");
    };
  }

  private String note(Facts step, String action) {
    return switch (action) {
      case "create" -> next(step).orElse("");
      case "change" -> step.optional("revision").map(r -> "revision " + r).orElse("");
      default -> "";
    };
  }

  /** {@code next fire in 30 s}, or {@code every 30 s after it ends}. */
  private Optional<String> next(Facts step) {
    return step.optional("nextFireText")
        .or(() -> step.instant("nextFireAt").map(at -> "next fire " + times.relativeExact(at)));
  }

  /** Jobs are what plans are about; apps say that they are apps. */
  private static String title(Facts step) {
    return step.text("kind").equals("job")
        ? step.text("key")
        : step.text("kind") + " " + step.text("key");
  }

  private static String sign(String action) {
    return switch (action) {
      case "create" -> "+";
      case "change" -> "~";
      case "prune" -> "-";
      default -> " ";
    };
  }

  private static Tone tone(String action) {
    return switch (action) {
      case "create" -> Tone.GOOD;
      case "change" -> Tone.WARN;
      case "prune" -> Tone.BAD;
      default -> Tone.DIM;
    };
  }

  private static String became(String action, boolean dryRun) {
    String word =
        switch (action) {
          case "create" -> "created";
          case "change" -> "changed";
          case "prune" -> "pruned";
          default -> action;
        };
    return dryRun && !action.equals("unchanged") ? "would be " + word : word;
  }

  private static String shortCommit(String commit) {
    return commit.length() > 12 ? commit.substring(0, 7) : commit;
  }
}
