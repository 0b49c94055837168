package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import io.oasis.cli.output.Table.Cell;
import io.oasis.schedule.DurationText;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
      step.optional("note").ifPresent(note -> terminal.print("      " + SafeText.line(note)));
      fields(step);
      fires(step);
    }
    warnings(plan);
    Facts summary = plan.in("summary");
    String unchanged = summary.number("unchanged") + " unchanged";
    terminal.print(
        changes(plan) == 0
            ? "Plan: nothing to do, " + unchanged + "."
            : "Plan: %d to add, %d to change, %d to prune, %s. Overlap ahead: %s."
                .formatted(
                    summary.number("create"),
                    summary.number("change"),
                    summary.number("prune"),
                    unchanged,
                    overlapping(plan.list("overlaps").size())));
  }

  private static String overlapping(int jobs) {
    return jobs == 0 ? "none" : jobs == 1 ? "1 job" : jobs + " jobs";
  }

  /** What to know before the plan is applied, a line each. */
  private void warnings(Facts plan) {
    for (Facts overlap : plan.list("overlaps")) {
      terminal.print(
          "! %s fires %s apart, and a run takes %s (%s): runs will wait for each other"
              .formatted(
                  overlap.text("job"),
                  overlap.millis("apartMs").map(Times::duration).orElse("–"),
                  overlap.millis("takesMs").map(Times::duration).orElse("–"),
                  overlap.text("basis").equals("timeout")
                      ? "by its timeout, it has no history"
                      : "half of its last ones"));
    }
    plan.texts("notes").forEach(note -> terminal.print("! " + SafeText.line(note)));
    Facts deletions = plan.in("deletions");
    if (deletions.flag("needsYes")) {
      terminal.print(
          "! %d of %d objects of the source would go: applying this needs --yes %d"
              .formatted(
                  deletions.number("count"), deletions.number("owned"), deletions.number("count")));
    }
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
    warnings(plan);
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
          SafeText.line(value(field, "after")) + (isSecret(field) ? "  (changed)" : ""));
    }
    table.print(terminal, "      ");
  }

  /** The marks of two secret values: which values they are is not for showing. */
  private static boolean isSecret(Facts field) {
    return field.text("path").startsWith("params.")
        && field.text("before").startsWith("secret:")
        && field.text("after").startsWith("secret:");
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
    boolean capped = fires.instant("comparedUntil").isPresent();
    String moved =
        fires.number("moved") == 0 ? "" : "  (%d moved)".formatted(fires.number("moved"));
    terminal.print(
        "      fires, next %s:  %s%s%s%s"
            .formatted(
                horizon(fires.text("horizon")),
                Stream.of(count("−", fires, "removed", capped), count("+", fires, "added", capped))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining("  ")),
                capped ? "" : moved,
                first,
                fires
                    .instant("comparedUntil")
                    .map(at -> "    (too dense to compare after " + Times.absolute(at, zone) + ")")
                    .orElse("")));
  }

  /** {@code −7 at 02:30}, or {@code −more than 6,000}; nothing where there are none. */
  private static Optional<String> count(String sign, Facts fires, String name, boolean capped) {
    long count = fires.number(name);
    if (count == 0) {
      return Optional.empty();
    }
    String at = fires.optional(name + "At").map(time -> " at " + time).orElse("");
    return Optional.of(
        sign + (capped ? "more than " : "") + String.format(Locale.ROOT, "%,d", count) + at);
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
      case "prune" -> ended(step);
      case "change" -> step.optional("revision").map(r -> "revision " + r).orElse("");
      default -> "";
    };
  }

  /** {@code 2 queued runs cancelled, 1 running finishes}. */
  private static String ended(Facts step) {
    List<String> words = new ArrayList<>();
    long cancelled = step.number("cancelled");
    if (cancelled > 0) {
      words.add(cancelled == 1 ? "1 queued run cancelled" : cancelled + " queued runs cancelled");
    }
    int running = step.texts("running").size();
    if (running > 0) {
      words.add(running == 1 ? "1 running finishes" : running + " running finish");
    }
    return String.join(", ", words);
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

  static String shortCommit(String commit) {
    return commit.length() > 12 ? commit.substring(0, 7) : commit;
  }
}
