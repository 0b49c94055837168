package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.LogTail;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.RunArgument;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.LogText;
import io.oasis.cli.output.RunText;
import io.oasis.cli.output.Times;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a run wrote. */
@Command(
    name = "logs",
    description = "Show the log of a run, or of a job's newest run.",
    footer = {
      "",
      "With -f it goes on until the run has ended, over a lost connection too: no line is missing",
      "and none comes twice. -o json prints one JSON object a line, with the line's number.",
      "",
      "Examples:",
      "  oasis logs 48213",
      "  oasis logs billing/nightly-settlement -f",
      "  oasis logs 48213 --attempt 2 --since-seq 120"
    })
public final class LogsCommand implements Callable<Integer> {
  private static final int WAIT_SECONDS = 20;
  private static final Duration DRAIN_REST = Duration.ofMillis(500);

  @Parameters(index = "0", paramLabel = "RUN|APP/JOB", description = "A run's number, or a job.")
  String target;

  @Option(
      names = {"-f", "--follow"},
      order = 1,
      description = "Go on until the run has ended.")
  boolean follow;

  @Option(
      names = "--attempt",
      paramLabel = "N",
      order = 2,
      description = "Only of this attempt, from 1.")
  Integer attempt;

  @Option(
      names = "--since-seq",
      paramLabel = "SEQ",
      order = 3,
      description = "Only after this line: its number, or attempt.member.number.")
  String sinceSeq;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public LogsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OasisClient client = server.client(shell);
    boolean ofJob = target.indexOf('/') >= 0;
    String run = ofJob ? newestOf(client) : RunArgument.parse(target);
    LogTail tail =
        new LogTail(client, run, Optional.ofNullable(attempt), Optional.ofNullable(sinceSeq));
    LogText text =
        new LogText(shell.terminal(), new Times(shell.clock(), shell.zone()), output.format());
    if (follow) {
      followToTheEnd(client, run, tail, text);
    } else {
      whatThereIs(tail, text);
    }
    return ExitCode.OK.number();
  }

  private String newestOf(OasisClient client) {
    String job = JobArgument.parse(target).toString();
    String query = Query.on("/runs").add("job", job).toString();
    List<Facts> newest = client.list(query, 1).items();
    if (newest.isEmpty()) {
      throw new CliFailure(ExitCode.ERROR, job + " has not run yet");
    }
    String run = newest.get(0).text("id");
    shell.terminal().say(RunText.line(newest.get(0), shell.terminal().palette()));
    return run;
  }

  private void whatThereIs(LogTail tail, LogText text) {
    LogTail.Page page;
    do {
      page = tail.next(0);
      page.lines().forEach(text::print);
    } while (!page.lines().isEmpty() && shell.terminal().flush());
    if (page.ended() && page.missing() > 0) {
      sayMissing(page.missing());
    } else if (page.ended() && !page.end()) {
      shell.terminal().say("the last lines are still on their way; -f waits for them");
    }
  }

  private void followToTheEnd(OasisClient client, String run, LogTail tail, LogText text) {
    Reconnect reconnect = new Reconnect(shell);
    boolean ended = false;
    while (true) {
      int wait = ended ? 0 : WAIT_SECONDS;
      LogTail.Page page = reconnect.ask(() -> tail.next(wait), Optional.empty());
      page.lines().forEach(text::print);
      if (!shell.terminal().flush()) {
        return;
      }
      if (page.end()) {
        if (page.missing() > 0) {
          sayMissing(page.missing());
        }
        Facts now =
            reconnect.ask(() -> client.get("/runs/" + Query.segment(run)), Optional.empty());
        shell.terminal().say(RunText.line(now, shell.terminal().palette()));
        return;
      }
      ended = page.ended();
      if (ended && page.lines().isEmpty()) {
        shell.rest(DRAIN_REST);
      }
    }
  }

  private void sayMissing(long lines) {
    shell.terminal().say("log incomplete: %d lines missing".formatted(lines));
  }
}
