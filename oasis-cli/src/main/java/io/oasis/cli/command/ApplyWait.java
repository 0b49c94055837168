package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.ApplyWaitOptions;
import io.oasis.cli.output.RunText;
import io.oasis.cli.output.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Waits for the runs that an apply has set off, and for those that its deletions leave behind. */
final class ApplyWait {
  private static final Duration FIRST_REST = Duration.ofMillis(300);
  private static final Duration LONGEST_REST = Duration.ofSeconds(5);

  private final Shell shell;
  private final OasisClient client;
  private final Optional<Duration> timeout;
  private final Optional<Instant> deadline;
  private final Reconnect reconnect;

  ApplyWait(Shell shell, OasisClient client, ApplyWaitOptions options) {
    this.shell = shell;
    this.client = client;
    this.timeout = options.timeout();
    this.deadline = timeout.map(t -> shell.clock().instant().plus(t));
    this.reconnect = new Reconnect(shell);
  }

  /** One thing that is waited for; empty as long as it is not over. */
  private record Awaited(String name, Function<ApplyWait, Optional<Facts>> look) {}

  /** Waits; says how each run ended. A deleted job's run may end as it likes. */
  ExitCode untilEnd(Facts applied) {
    ExitCode exit = ExitCode.OK;
    for (Awaited awaited : setOff(applied)) {
      Facts run = untilOver(awaited);
      say(run);
      exit = run.text("state").equals("SUCCEEDED") ? exit : ExitCode.RUN_FAILED;
    }
    for (Awaited awaited : leftBehind(applied)) {
      say(untilOver(awaited));
    }
    return exit;
  }

  /** What fires at the moment of the apply itself: one-time jobs whose time is over. */
  private static List<Awaited> setOff(Facts applied) {
    List<Awaited> awaited = new ArrayList<>();
    Optional<Instant> at = applied.instant("at");
    for (Facts step : applied.list("steps")) {
      Optional<Instant> fires = step.instant("nextFireAt");
      if (at.isPresent() && fires.isPresent() && !fires.get().isAfter(at.get())) {
        String job = step.text("key");
        awaited.add(new Awaited("the run of " + job, wait -> wait.runOf(job, fires.get())));
      }
    }
    return awaited;
  }

  private static List<Awaited> leftBehind(Facts applied) {
    List<Awaited> awaited = new ArrayList<>();
    for (Facts step : applied.list("steps")) {
      for (String run : step.texts("running")) {
        awaited.add(
            new Awaited(
                "run " + run,
                wait ->
                    Optional.of(wait.ask("/runs/" + Query.segment(run)))
                        .filter(now -> now.flag("final"))));
      }
    }
    return awaited;
  }

  private Optional<Facts> runOf(String job, Instant nominal) {
    String path =
        Query.on("/runs")
            .add("job", job)
            .add("from", nominal.toString())
            .add("limit", "50")
            .toString();
    return ask(path).list("items").stream()
        .filter(run -> run.text("trigger").equals("SCHEDULE"))
        .reduce((newer, older) -> older)
        .filter(run -> run.flag("final"));
  }

  private Facts ask(String path) {
    return reconnect.ask(() -> client.get(path), deadline);
  }

  private Facts untilOver(Awaited awaited) {
    Duration rest = FIRST_REST;
    while (true) {
      Optional<Facts> over = awaited.look().apply(this);
      if (over.isPresent()) {
        return over.get();
      }
      if (deadline.isPresent() && !shell.clock().instant().isBefore(deadline.get())) {
        throw new CliFailure(
            ExitCode.WAIT_TIMED_OUT,
            "applied, but %s is not over after %s; it goes on"
                .formatted(awaited.name(), Times.duration(timeout.orElseThrow())));
      }
      shell.rest(shorter(rest));
      rest = rest.multipliedBy(3).dividedBy(2);
      rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }
  }

  private Duration shorter(Duration rest) {
    Optional<Duration> left =
        deadline.map(d -> Duration.between(shell.clock().instant(), d).plusMillis(1));
    return left.filter(l -> l.compareTo(rest) < 0 && !l.isNegative()).orElse(rest);
  }

  private void say(Facts run) {
    shell.terminal().say(run.text("job") + "  " + RunText.line(run, shell.terminal().palette()));
  }
}
