package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.AppTakeaway;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes something. */
@Command(
    name = "delete",
    description = "Delete a job, an app, an offline node, a token, or an account.",
    exitCodeList = {"3:something still depends on it"},
    footer = {
      "",
      "Waiting runs of the job are cancelled; running ones finish, or are stopped with --kill.",
      "Its history stays until retention removes it.",
      "",
      "An app with jobs or online nodes needs --force: its jobs, nodes and tokens go with it,",
      "all or nothing. Running runs need --kill too; they end without their nodes' word.",
      "",
      "Examples:",
      "  oasis delete job billing/legacy-export",
      "  oasis delete app legacy --yes",
      "  oasis delete app legacy --force",
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

  @Option(names = "--kill", order = 2, description = "Also stop the running runs.")
  boolean kill;

  @Option(names = "--override", order = 3, description = "Also if a source owns it.")
  boolean override;

  @Option(
      names = "--force",
      order = 4,
      description = "An app with all it has: jobs, nodes and tokens.")
  boolean force;

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
    if (force && what != Kind.APP) {
      throw CliFailure.invalid("--force is for apps only");
    }
    if (kill && what != Kind.JOB && !force) {
      throw CliFailure.invalid("--kill is for jobs, and for apps with --force");
    }
    if (override && what != Kind.JOB && what != Kind.APP) {
      throw CliFailure.invalid("--override is for jobs and apps");
    }
    OasisClient client = server.client(shell);
    if (!yes && !isConfirmed(client, what)) {
      shell.terminal().say("nothing was deleted");
      return ExitCode.OK.number();
    }
    Facts gone = client.delete(path);
    String with = force ? AppTakeaway.of(gone) : "";
    shell
        .terminal()
        .print(
            "%s %s  deleted%s"
                .formatted(what.word(), name, with.isEmpty() ? "" : "    with " + with));
    return ExitCode.OK.number();
  }

  /** Asks whoever is there; by force only after he has heard what goes with it. */
  private boolean isConfirmed(OasisClient client, Kind what) {
    if (!shell.terminal().facts().inputIsTerminal()) {
      throw CliFailure.invalid("nobody to ask whether to delete; confirm with --yes");
    }
    if (!force) {
      return ask("delete %s %s? type yes: ".formatted(what.word(), name)).equalsIgnoreCase("yes");
    }
    Facts takes = client.get(what.path(name).orElseThrow() + "/dependents");
    AppTakeaway.obstacle(name, takes, kill, override)
        .ifPresent(
            words -> {
              throw new CliFailure(ExitCode.CONFLICT, words);
            });
    String with = AppTakeaway.of(takes);
    shell.terminal().say("app %s goes with %s".formatted(name, with.isEmpty() ? "nothing" : with));
    return ask("type its name to delete all of it: ").equals(name);
  }

  private String ask(String question) {
    return shell.terminal().ask(question).orElse("").strip();
  }

  private String path(Kind what) {
    return switch (what) {
      case JOB ->
          Query.on(what.path(name).orElseThrow())
              .add("kill", kill ? Optional.of("true") : Optional.empty())
              .add("override", override ? Optional.of("true") : Optional.empty())
              .toString();
      case APP ->
          Query.on(what.path(name).orElseThrow())
              .add("force", force ? Optional.of("true") : Optional.empty())
              .add("kill", kill ? Optional.of("true") : Optional.empty())
              .add("override", override ? Optional.of("true") : Optional.empty())
              .toString();
      case NODE, ACCOUNT -> what.path(name).orElseThrow();
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
