package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import io.oasis.cli.output.Table.Cell;
import java.util.List;
import java.util.Locale;

/** One run with its attempts and its trace. */
public final class RunSheet {
  private static final String INDENT = "  ";

  private final Terminal terminal;
  private final Times times;

  /** Prints to the given terminal. */
  public RunSheet(Terminal terminal, Times times) {
    this.terminal = terminal;
    this.times = times;
  }

  /** The whole sheet. */
  public void run(Facts run) {
    terminal.print(RunText.line(run, terminal.palette()));
    facts(run);
    attempts(run);
    trace(run);
    if (!run.text("result").isEmpty() || run.has("result")) {
      heading("result");
      String result = run.has("result") ? run.node().path("result").toString() : run.text("result");
      result.lines().map(SafeText::line).forEach(line -> terminal.print(INDENT + line));
    }
  }

  private void facts(Facts run) {
    Table table = new Table(List.of());
    String title = run.text("jobTitle");
    table.addText("job", run.text("job") + (title.isEmpty() ? "" : "  " + title));
    table.addText("trigger", trigger(run));
    run.instant("nominalAt").ifPresent(at -> table.addText("due", times.full(at)));
    run.instant("startedAt").ifPresent(at -> table.addText("started", times.full(at)));
    run.millis("latenessMs").ifPresent(late -> table.addText("late by", Times.duration(late)));
    run.millis("durationMs").ifPresent(took -> table.addText("took", Times.duration(took)));
    table.addText("node", run.text("node"));
    table.addText(
        "policy",
        "routing %s, blocking %s, attempt %d of %d, revision %s"
            .formatted(
                run.text("routing").toLowerCase(Locale.ROOT),
                run.text("blocking").toLowerCase(Locale.ROOT),
                run.number("attempt"),
                run.number("maxAttempts"),
                run.text("revision")));
    table.addText("params", JobSheet.pairs(run, "params"));
    run.optional("rerunOf").ifPresent(of -> table.addText("rerun of", "run " + of));
    if (run.has("stretch")) {
      Facts stretch = run.in("stretch");
      table.addText(
          "stands for",
          "%d times, %s to %s"
              .formatted(stretch.number("count"), moment(stretch, "from"), moment(stretch, "to")));
    }
    if (run.has("progress")) {
      Facts progress = run.in("progress");
      table.addText(
          "progress", progress.text("percent") + " %  " + SafeText.line(progress.text("message")));
    }
    table.print(terminal, INDENT);
  }

  private static String trigger(Facts run) {
    return run.text("trigger").toLowerCase(Locale.ROOT)
        + run.optional("triggeredBy").map(who -> " by " + who).orElse("");
  }

  private String moment(Facts facts, String field) {
    return facts.instant(field).map(times::full).orElse("?");
  }

  private void attempts(Facts run) {
    List<Facts> attempts = run.list("attempts");
    if (attempts.isEmpty()) {
      return;
    }
    heading("attempts");
    Table table = new Table(List.of("ATTEMPT", "MEMBER", "STATE", "NODE", "TOOK", "REASON"));
    for (Facts attempt : attempts) {
      table.add(
          List.of(
              Cell.of(attempt.text("attempt")),
              Cell.of(attempt.text("member")),
              StateMark.of(attempt.text("state")).cell(),
              Cell.of(attempt.text("node")),
              Cell.of(attempt.millis("durationMs").map(Times::duration).orElse("")),
              Cell.of(RunText.why(attempt))));
    }
    table.print(terminal, INDENT);
  }

  private void trace(Facts run) {
    List<Facts> events = run.list("events");
    if (events.isEmpty()) {
      return;
    }
    heading("trace");
    Table table = new Table(List.of());
    for (Facts event : events) {
      table.addText(
          event.instant("at").map(times::clockTime).orElse(""),
          event.text("kind").toLowerCase(Locale.ROOT),
          told(event));
    }
    table.print(terminal, INDENT);
  }

  private static String told(Facts event) {
    StringBuilder told = new StringBuilder();
    for (String part :
        List.of(
            event.text("reason").toLowerCase(Locale.ROOT),
            SafeText.line(event.text("detail")),
            event.optional("who").map(who -> "by " + who).orElse(""))) {
      if (!part.isEmpty()) {
        told.append(told.isEmpty() ? "" : ", ").append(part);
      }
    }
    return told.toString();
  }

  private void heading(String text) {
    terminal.print(terminal.palette().paint(Tone.STRONG, text));
  }
}
