package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.RevisionText;
import io.oasis.cli.output.Table;
import io.oasis.cli.output.Table.Cell;
import io.oasis.cli.output.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what a job has been. */
@Command(
    name = "history",
    description = "List the revisions of a job: who changed what, when and from which commit.",
    footer = {
      "",
      "Examples:",
      "  oasis history billing/nightly-settlement",
      "  oasis history billing/nightly-settlement -o wide"
    })
public final class HistoryCommand implements Callable<Integer> {
  @Mixin JobArgument job;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public HistoryCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<Facts> revisions = server.client(shell).get(job.path() + "/revisions").list("items");
    Documents.printAll(
        shell.terminal(),
        output.format(),
        revisions,
        revision -> job.key() + "@" + revision.text("revision"),
        () -> table(revisions).print(shell.terminal(), ""));
    return ExitCode.OK.number();
  }

  private Table table(List<Facts> revisions) {
    boolean wide = output.format() == OutputFormat.WIDE;
    Times times = new Times(shell.clock(), shell.zone());
    List<String> headings =
        new ArrayList<>(List.of("REVISION", "WHEN", "AUTHOR", "SOURCE", "CHANGED"));
    if (wide) {
      headings.addAll(List.of("AT", "COMMIT", "CI RUN"));
    }
    Table table = new Table(headings);
    for (int i = 0; i < revisions.size(); i++) {
      Facts revision = revisions.get(i);
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(revision.text("revision")));
      row.add(Cell.of(revision.instant("createdAt").map(times::relative).orElse("")));
      row.add(Cell.of(revision.text("author")));
      row.add(Cell.of(RevisionText.origin(revision)));
      row.add(
          Cell.of(
              i + 1 < revisions.size()
                  ? RevisionText.brief(RevisionText.diff(revisions.get(i + 1), revision))
                  : "created"));
      if (wide) {
        row.add(Cell.of(revision.instant("createdAt").map(times::full).orElse("")));
        row.add(Cell.of(revision.text("commit")));
        row.add(Cell.of(revision.text("ciRun")));
      }
      table.add(row);
    }
    return table;
  }
}
