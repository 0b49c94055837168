package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.LogTail;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.WaitOptions;
import io.oasis.cli.output.LogText;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.RunText;
import io.oasis.cli.output.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stays with a run until it has ended: says each new state on standard error, shows the log if
 * wanted, survives a lost connection.
 */
final class RunWait {
  private static final Duration FIRST_REST = Duration.ofMillis(200);
  private static final Duration LONGEST_REST = Duration.ofSeconds(2);

  /** New states are noticed between two of these, so it is shorter than the server would allow. */
  private static final int LOG_WAIT_SECONDS = 5;

  private final Shell shell;
  private final OasisClient client;
  private final String run;
  private final Optional<Duration> timeout;
  private final Optional<Instant> deadline;
  private final Reconnect reconnect;
  private String shown = "";

  RunWait(Shell shell, OasisClient client, Facts run, WaitOptions options) {
    this.shell = shell;
    this.client = client;
    this.run = run.text("id");
    this.timeout = options.timeout();
    this.deadline = timeout.map(t -> shell.clock().instant().plus(t));
    this.reconnect = new Reconnect(shell);
  }

  /** The exit code that a run's final state means. */
  static ExitCode exitOf(Facts run) {
    return run.text("state").equals("SUCCEEDED") ? ExitCode.OK : ExitCode.RUN_FAILED;
  }

  /** Waits; returns the run in its final state. */
  Facts untilEnd() {
    Duration rest = FIRST_REST;
    while (true) {
      Facts now = look();
      if (now.flag("final")) {
        return now;
      }
      inTime(now);
      shell.rest(shorter(rest));
      rest = rest.multipliedBy(3).dividedBy(2);
      rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }
  }

  /** Waits and prints the log; returns the run in its final state. */
  Facts untilEndWithLog(OutputFormat format) {
    LogTail tail = new LogTail(client, run, Optional.empty(), Optional.empty());
    LogText text = new LogText(shell.terminal(), new Times(shell.clock(), shell.zone()), format);
    while (true) {
      Facts now = look();
      int wait = now.flag("final") ? 0 : (int) secondsLeft(LOG_WAIT_SECONDS);
      LogTail.Page page = reconnect.ask(() -> tail.next(wait), deadline);
      print(text, page.lines(), now);
      if (page.end()) {
        return ended(page);
      }
      inTime(now);
      if (page.lines().isEmpty() && wait == 0) {
        shell.rest(shorter(FIRST_REST));
      }
    }
  }

  private void print(LogText text, List<LogTail.Line> lines, Facts before) {
    if (lines.isEmpty()) {
      return;
    }
    if (!before.text("state").equals("RUNNING")) {
      sayIfRunning();
    }
    lines.forEach(text::print);
    if (!shell.terminal().flush()) {
      throw new CliFailure(ExitCode.ERROR, "nobody reads the output any more; the run goes on");
    }
  }

  private Facts ended(LogTail.Page page) {
    if (page.missing() > 0) {
      shell.terminal().say("log incomplete: %d lines missing".formatted(page.missing()));
    }
    return ask();
  }

  /** Where it runs belongs before its lines; what became of it since belongs after them. */
  private void sayIfRunning() {
    Facts now = ask();
    if (now.text("state").equals("RUNNING")) {
      say(now);
    }
  }

  private Facts look() {
    Facts now = ask();
    say(now);
    return now;
  }

  private Facts ask() {
    return reconnect.ask(() -> client.get("/runs/" + Query.segment(run)), deadline);
  }

  private void say(Facts now) {
    String line = RunText.line(now, shell.terminal().palette());
    if (!now.flag("final") && !line.equals(shown)) {
      shell.terminal().say(line);
      shown = line;
    }
  }

  private void inTime(Facts now) {
    if (deadline.isPresent() && !shell.clock().instant().isBefore(deadline.get())) {
      throw new CliFailure(
          ExitCode.WAIT_TIMED_OUT,
          "run %s is still %s after %s; it goes on, see it with: oasis logs %s -f"
              .formatted(run, now.text("state"), Times.duration(timeout.orElseThrow()), run));
    }
  }

  private Duration shorter(Duration rest) {
    Optional<Duration> left =
        deadline.map(d -> Duration.between(shell.clock().instant(), d).plusMillis(1));
    return left.filter(l -> l.compareTo(rest) < 0 && !l.isNegative()).orElse(rest);
  }

  private long secondsLeft(long atMost) {
    long left =
        deadline
            .map(d -> Duration.between(shell.clock().instant(), d).plusMillis(999).toSeconds())
            .orElse(atMost);
    return Math.max(1, Math.min(atMost, left));
  }
}
