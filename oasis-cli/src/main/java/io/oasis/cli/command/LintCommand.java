package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.input.CheckedManifests;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.FileOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks manifests without a server. */
@Command(
    name = "lint",
    customSynopsis = "oasis lint -f FILE... [OPTIONS]",
    description = "Check manifests without asking a server.",
    footer = {
      "",
      "Every mistake is one line: file:line:column, field, what is wrong, what to do.",
      "",
      "Examples:",
      "  oasis lint -f jobs/",
      "  git show HEAD:jobs.yaml | oasis lint -f -"
    })
public final class LintCommand implements Callable<Integer> {
  @Mixin FileOptions files;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public LintCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    FileOptions.Read read = files.readAll(shell);
    int fileCount = read.files();
    int count = CheckedManifests.of(read.manifests(), fileCount).manifests().size();
    shell
        .terminal()
        .print(
            "%d %s, %d %s, no errors"
                .formatted(
                    fileCount,
                    fileCount == 1 ? "file" : "files",
                    count,
                    count == 1 ? "manifest" : "manifests"));
    return ExitCode.OK.number();
  }
}
