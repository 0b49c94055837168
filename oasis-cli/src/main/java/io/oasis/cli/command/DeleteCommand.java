package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ServerOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes something. */
@Command(
    name = "delete",
    description = "Delete a job, an app without jobs, an offline node, a token, or an account.",
    exitCodeList = {"3:something still depends on it"},
    footer = {
      "",
      "Waiting runs of the job are cancelled; running ones finish, or are stopped with --kill.",
      "Its history stays until retention removes it.",
      "",
      "Examples:",
      "  oasis delete job billing/legacy-export",
      "  oasis delete app legacy --yes",
      "  oasis delete node billing-7f9c --yes"
    })
public final class DeleteCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "One of: job, app, node, token, account.")
  String kind;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "APP/JOB, APP, a node's id, a token's number, or an account's name.")
  String name;

  @Option(
      names = {"-y", "--yes"},
      order = 1,
      description = "Do not ask; needed where nobody can be asked.")
  boolean yes;

  @Option(names = "--kill", order = 2, description = "Also stop the job's running runs.")
  boolean kill;

  @Option(names = "--override", order = 3, description = "Also if a source owns the job.")
  boolean override;

  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public DeleteCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Kind what = Kind.parse(kind);
    String path = path(what);
    if ((kill || override) && what != Kind.JOB) {
      throw CliFailure.invalid((kill ? "--kill" : "--override") + " is for jobs only");
    }
    if (!yes) {
      String answer =
          shell
              .terminal()
              .ask("delete %s %s? type yes: ".formatted(what.word(), name))
              .orElseThrow(
                  () -> CliFailure.invalid("nobody to ask whether to delete; confirm with --yes"));
      if (!answer.strip().equalsIgnoreCase("yes")) {
        shell.terminal().say("nothing was deleted");
        return ExitCode.OK.number();
      }
    }
    server.client(shell).delete(path);
    shell.terminal().print("%s %s  deleted".formatted(what.word(), name));
    return ExitCode.OK.number();
  }

  private String path(Kind what) {
    return switch (what) {
      case JOB ->
          Query.on(what.path(name).orElseThrow())
              .add("kill", kill ? Optional.of("true") : Optional.empty())
              .add("override", override ? Optional.of("true") : Optional.empty())
              .toString();
      case APP, NODE, ACCOUNT -> what.path(name).orElseThrow();
      case TOKEN -> "/tokens/" + Query.segment(name);
      case INCIDENT ->
          throw CliFailure.invalid(
              "an incident ends with the first success; to silence it: oasis ack " + name);
      case AUDIT -> throw CliFailure.invalid("the audit is kept as it is; nothing deletes it");
      case RUN ->
          throw CliFailure.invalid(
              "a run is history and goes with retention; to stop it: oasis cancel " + name);
    };
  }
}
