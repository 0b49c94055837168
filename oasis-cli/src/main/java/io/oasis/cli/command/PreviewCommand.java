package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.output.ClockChange;
import io.oasis.cli.output.Table;
import io.oasis.cli.output.Times;
import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Window;
import io.oasis.schedule.cron.CronExpression;
import io.oasis.schedule.cron.CronParse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows when a cron expression fires. */
@Command(
    name = "preview",
    description = "Show when a cron expression fires, without asking a server.",
    footer = {
      "",
      "Five fields are UNIX cron, six or seven are Quartz, @daily and its like work. It is the code",
      "that the server fires by: gaps and overlaps of the zone's clock are as they will be.",
      "",
      "Examples:",
      "  oasis preview \"0 30 2 * * ?\" --zone Asia/Shanghai",
      "  oasis preview \"30 2 * * *\" --zone America/New_York --from 2026-03-07T00:00:00Z"
    })
public final class PreviewCommand implements Callable<Integer> {
  private static final int MOST = 1000;

  @Parameters(index = "0", paramLabel = "CRON", description = "The expression, in quotes.")
  String cron;

  @Option(
      names = {"-z", "--zone"},
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "The time zone, for example Asia/Shanghai; default UTC.")
  String zone;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many times; default 10.")
  int count;

  @Option(names = "--from", paramLabel = "INSTANT", description = "From when on; default now.")
  String from;

  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public PreviewCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (count < 1 || count > MOST) {
      throw CliFailure.invalid("--count must be 1 to " + MOST);
    }
    ZoneId in = zoneId();
    Instant start = start();
    switch (CronExpression.parse(cron)) {
      case CronParse.Invalid wrong ->
          throw CliFailure.invalid("\"%s\": %s; %s".formatted(cron, wrong.message(), wrong.hint()));
      case CronParse.Parsed right -> print(fires(in, start), right.expression(), in);
    }
    return ExitCode.OK.number();
  }

  private List<Instant> fires(ZoneId in, Instant start) {
    Schedule schedule = new Schedule.Cron(cron, in, Schedule.Gap.SHIFT, Schedule.Overlap.FIRST);
    JobTiming timing = new JobTiming(schedule, Window.ALWAYS, Duration.ZERO, "", start);
    return FireTimes.preview(timing, start, count);
  }

  private void print(List<Instant> fires, CronExpression expression, ZoneId in) {
    if (fires.isEmpty()) {
      shell.terminal().say("it never fires again: its years are over");
      return;
    }
    Times times = new Times(shell.clock(), shell.zone());
    Table table = new Table(List.of());
    for (Instant fire : fires) {
      String remark = ClockChange.remark(fire, in, expression);
      if (remark.isEmpty()) {
        table.addText(Times.absoluteWithOffset(fire, in), times.relativeExact(fire));
      } else {
        table.addText(Times.absoluteWithOffset(fire, in), times.relativeExact(fire), remark);
      }
    }
    table.print(shell.terminal(), "");
    if (fires.size() < count) {
      shell.terminal().say("these are the last ones: its years are over then");
    }
  }

  private ZoneId zoneId() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw CliFailure.invalid(
          "\"%s\" is not a time zone; write it like Asia/Shanghai or UTC".formatted(zone));
    }
  }

  private Instant start() {
    try {
      return from == null ? shell.clock().instant() : Instant.parse(from);
    } catch (DateTimeException e) {
      throw CliFailure.invalid(
          "--from: \"%s\" is not an instant; write it like 2026-03-07T00:00:00Z".formatted(from));
    }
  }
}
