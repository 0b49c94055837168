package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.AccessSheet;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.IncidentSheet;
import io.oasis.cli.output.JobSheet;
import io.oasis.cli.output.RunSheet;
import io.oasis.cli.output.Terminal;
import io.oasis.cli.output.Times;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one thing with all that is known of it. */
@Command(
    name = "describe",
    description =
        "Show one job, app, node, run, token, incident or account with all that is known of it.",
    footer = {
      "",
      "Examples:",
      "  oasis describe job billing/nightly-settlement",
      "  oasis describe run 48213",
      "  oasis describe app billing -o yaml"
    })
public final class DescribeCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "One of: job, app, node, run, token, incident, account.")
  String kind;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "APP/JOB, APP, a node's id, a number, or an account's name.")
  String name;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public DescribeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Times times = new Times(shell.clock(), shell.zone());
    Kind what = Kind.parse(kind);
    OasisClient client = server.client(shell);
    Facts thing = what.path(name).map(client::get).orElseGet(() -> TokenLookup.find(client, name));
    Terminal terminal = shell.terminal();
    Runnable sheet =
        switch (what) {
          case JOB -> () -> new JobSheet(terminal, times).job(thing);
          case APP -> () -> new JobSheet(terminal, times).app(thing);
          case RUN -> () -> new RunSheet(terminal, times).run(thing);
          case NODE -> () -> new AccessSheet(terminal, times).node(thing);
          case TOKEN -> () -> new AccessSheet(terminal, times).token(thing);
          case ACCOUNT -> () -> new AccessSheet(terminal, times).account(thing);
          case AUDIT -> throw new IllegalStateException("the audit has no single entries");
          case INCIDENT -> () -> new IncidentSheet(times).print(terminal, thing);
        };
    Documents.print(terminal, output.format(), thing, facts -> facts.text(what.nameField()), sheet);
    return ExitCode.OK.number();
  }
}
