package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.lint.LintFormat;
import io.oasis.cli.lint.LintReport;
import io.oasis.cli.lint.Sarif;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.FileOptions;
import io.oasis.cli.output.Terminal;
import io.oasis.manifest.ReadResult;
import io.oasis.manifest.lint.Finding.Severity;
import io.oasis.manifest.lint.Linter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks manifests without a server. */
@Command(
    name = "lint",
    customSynopsis = "oasis lint -f FILE... [OPTIONS]",
    description = "Check manifests without asking a server.",
    footer = {
      "",
      "Every mistake is one line: file:line:column, field, what is wrong, what to do. A warning",
      "is what the server would take though it may not be meant; its rule stands in brackets.",
      "",
      "Examples:",
      "  oasis lint -f jobs/",
      "  git show HEAD:jobs.yaml | oasis lint -f -",
      "  oasis lint -f jobs/ --strict -o github           # annotations in a GitHub workflow",
      "  oasis lint -f jobs/ -o sarif > lint.sarif        # for code scanning"
    })
public final class LintCommand implements Callable<Integer> {
  @Mixin FileOptions files;

  @Option(names = "--strict", order = 6, description = "Warnings are errors.")
  boolean strict;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      order = 80,
      defaultValue = "text",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  LintFormat format = LintFormat.TEXT;

  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public LintCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    FileOptions.Read read = files.readAll(shell);
    ReadResult result = read.manifests().result();
    LintReport found =
        new LintReport(
            Linter.lint(result, shell.clock().instant()), read.files(), result.manifests().size());
    LintReport report = strict ? found.strict() : found;
    print(report);
    return (report.count(Severity.ERROR) > 0 ? ExitCode.INVALID : ExitCode.OK).number();
  }

  private void print(LintReport report) {
    Terminal terminal = shell.terminal();
    switch (format) {
      case JSON -> terminal.print(report.json());
      case SARIF -> terminal.print(Sarif.of(report));
      case GITHUB -> report.github().forEach(terminal::print);
      case TEXT -> report.findings().forEach(finding -> terminal.say(finding.toString()));
    }
    if (report.findings().isEmpty() && format == LintFormat.TEXT) {
      terminal.print(report.summary());
    } else {
      terminal.say(report.summary());
    }
  }
}
