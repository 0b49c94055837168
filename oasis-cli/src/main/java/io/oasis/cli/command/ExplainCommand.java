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
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.SafeText;
import io.oasis.cli.output.Table;
import io.oasis.cli.output.Times;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says why a job ran, ran late or did not run. */
@Command(
    name = "explain",
    description = "Say why a job ran, ran late or did not run at a time.",
    footer = {
      "",
      "A time without an offset is by the clock of the job's zone, and so are the times of the",
      "answer.",
      "",
      "Examples:",
      "  oasis explain billing/nightly-settlement --at \"2026-11-22 02:30\"",
      "  oasis explain billing/nightly-settlement --at 2026-11-21T18:30:00Z -o json"
    })
public final class ExplainCommand implements Callable<Integer> {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  @Mixin JobArgument job;

  @Option(
      names = "--at",
      required = true,
      paramLabel = "TIME",
      description = "Which time: \"2026-11-22 02:30\" in the job's zone, or with an offset.")
  String at;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public ExplainCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    String path = job.path();
    Query query = Query.on(path + "/explain").add("at", time());
    Facts told = server.client(shell).get(query.toString());
    Documents.print(
        shell.terminal(), output.format(), told, t -> t.text("verdict"), () -> sheet(told));
    return ExitCode.OK.number();
  }

  /** As the API writes it; whether there is such a time, the server says. */
  private String time() {
    String text = at.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) +", "$1T");
    if (!text.matches(
        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)?")) {
      throw CliFailure.invalid(
          "--at: \"%s\" is not a time; write it like \"2026-11-22 02:30\" or 2026-11-21T18:30:00Z"
              .formatted(at));
    }
    return text;
  }

  private void sheet(Facts told) {
    ZoneId zone = told.zone("zone").orElse(ZoneOffset.UTC);
    Instant asked = told.instant("at").orElse(Instant.EPOCH);
    if (!zone.getRules().getOffset(asked).equals(shell.zone().getRules().getOffset(asked))) {
      shell.terminal().say("times are those of the job's zone, %s".formatted(zone));
    }
    shell.terminal().print(SafeText.line(told.text("summary")));
    Table table = new Table(List.of());
    for (Facts line : told.list("lines")) {
      table.addText(clock(line, asked, zone), SafeText.line(line.text("text")));
    }
    Times times = new Times(shell.clock(), shell.zone());
    neighbour(table, "before", told.in("before"), zone, times);
    neighbour(table, "after", told.in("after"), zone, times);
    table.print(shell.terminal(), "  ");
  }

  private static String clock(Facts line, Instant asked, ZoneId zone) {
    Optional<Instant> at = line.instant("at");
    boolean sameDay =
        at.filter(a -> a.atZone(zone).toLocalDate().equals(asked.atZone(zone).toLocalDate()))
            .isPresent();
    return at.map(a -> (sameDay ? CLOCK : FULL).withZone(zone).format(a)).orElse("?");
  }

  private static void neighbour(Table table, String word, Facts line, ZoneId zone, Times times) {
    line.instant("at")
        .ifPresent(at -> table.addText(word, times.full(at, zone) + "  " + line.text("text")));
  }
}
