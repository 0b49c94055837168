package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.options.TimeRangeOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.VerifyText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves the ledger of a stretch of time. */
@Command(
    name = "verify",
    description = "Prove that each nominal time of each job has exactly one row in the ledger.",
    exitCodeList = "1:error, or something was found",
    footer = {
      "",
      "The server recomputes the times from the revisions of the jobs and compares them with what",
      "the ledger says. Found are gaps, doubles, wrong counts, rows at no nominal time, runs of a",
      "serial job that overlap, and runs that are past their own limits.",
      "",
      "Examples:",
      "  oasis verify --since 24h",
      "  oasis verify --since 7d --job billing/nightly-settlement",
      "  oasis verify --since 24h --until 2026-11-22T03:00 -a billing -o json"
    })
public final class VerifyCommand implements Callable<Integer> {
  /** A long look takes the server some seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      defaultValue = "24h",
      description = "Times of the last, for example 2h or 7d; default 24h.")
  String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "Only before then: 2026-11-22T03:00, your zone, or with an offset; default now.")
  String until;

  @Option(
      names = {"-a", "--app"},
      paramLabel = "APP",
      description = "Only jobs of this app.")
  String app;

  @Option(names = "--job", paramLabel = "APP/JOB", description = "Only this job.")
  String job;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public VerifyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Instant from = TimeRangeOptions.before("--since", since, shell);
    Optional<Instant> to = TimeRangeOptions.instant("--until", until, shell);
    if (to.isPresent() && !from.isBefore(to.get())) {
      throw CliFailure.invalid("--until lies before the time that --since begins at");
    }
    Query query = Query.on("/verify").add("from", from.toString());
    query.add("to", to.map(Instant::toString));
    query.add("app", Optional.ofNullable(app));
    query.add("job", Optional.ofNullable(job).map(j -> JobArgument.parse(j).toString()));
    Facts report = server.client(shell).get(query.toString(), PATIENCE);
    VerifyText text = new VerifyText(shell.zone());
    Documents.print(
        shell.terminal(),
        output.format(),
        report,
        r -> r.flag("clean") ? "clean" : "findings",
        () -> {
          if (!report.list("findings").isEmpty()) {
            text.findings(report).print(shell.terminal(), "");
          }
          shell.terminal().print(text.summary(report));
        });
    return (report.flag("clean") ? ExitCode.OK : ExitCode.ERROR).number();
  }
}
