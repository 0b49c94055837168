package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.ServerOptions;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a job or an app. */
@Command(
    name = "delete",
    description = "Delete a job, or an app without jobs.",
    exitCodeList = {"3:an app that still has jobs or nodes"},
    footer = {
      "",
      "Waiting runs of the job are cancelled; running ones finish, or are stopped with --kill.",
      "Its history stays until retention removes it.",
      "",
      "Examples:",
      "  oasis delete job billing/legacy-export",
      "  oasis delete app legacy --yes"
    })
public final class DeleteCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "KIND", description = "One of: job, app.")
  String kind;

  @Parameters(index = "1", paramLabel = "NAME", description = "APP/JOB, or APP.")
  String name;

  @Option(
      names = {"-y", "--yes"},
      order = 1,
      description = "Do not ask; needed where nobody can be asked.")
  boolean yes;

  @Option(names = "--kill", order = 2, description = "Also stop the job's running runs.")
  boolean kill;

  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public DeleteCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    String path =
        switch (kind.toLowerCase(Locale.ROOT)) {
          case "job", "jobs" ->
              JobArgument.path(JobArgument.parse(name)) + (kill ? "?kill=true" : "");
          case "app", "apps" -> "/apps/" + Query.segment(name);
          default ->
              throw CliFailure.invalid(
                  "cannot delete a \"%s\"; delete one of: job, app".formatted(kind));
        };
    if (!yes) {
      String answer =
          shell
              .terminal()
              .ask("delete %s %s? type yes: ".formatted(kind, name))
              .orElseThrow(
                  () -> CliFailure.invalid("nobody to ask whether to delete; confirm with --yes"));
      if (!answer.strip().equalsIgnoreCase("yes")) {
        shell.terminal().say("nothing was deleted");
        return ExitCode.OK.number();
      }
    }
    server.client(shell).delete(path);
    shell.terminal().print("%s %s  deleted".formatted(kind, name));
    return ExitCode.OK.number();
  }
}
