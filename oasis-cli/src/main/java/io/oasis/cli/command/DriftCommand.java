package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.DriftText;
import io.oasis.cli.output.Times;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is not as its source applied it. */
@Command(
    name = "drift",
    description = "Show what differs from what a source applied: who changed it, when and why.",
    exitCodeList = {"0:no drift", "6:drift"},
    footer = {
      "",
      "Edits by hand, switched and deleted jobs count. Spelling, order and defaults do not.",
      "",
      "Examples:",
      "  oasis drift --source infra",
      "  oasis drift --source infra -a billing -o json"
    })
public final class DriftCommand implements Callable<Integer> {
  @Option(
      names = "--source",
      paramLabel = "NAME",
      order = 1,
      description = "Only of this source; else of all of them.")
  String source;

  @Option(
      names = {"-a", "--app"},
      paramLabel = "APP",
      order = 2,
      description = "Only of this app.")
  String app;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public DriftCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    String path =
        Query.on("/drift")
            .add("source", Optional.ofNullable(source))
            .add("app", Optional.ofNullable(app))
            .toString();
    Facts drift = server.client(shell).get(path);
    DriftText text = new DriftText(shell.terminal(), new Times(shell.clock(), shell.zone()));
    Documents.print(
        shell.terminal(), output.format(), drift, DriftCommand::keys, () -> text.print(drift));
    return (drift.list("items").isEmpty() ? ExitCode.OK : ExitCode.CHANGES).number();
  }

  private static String keys(Facts drift) {
    return drift.list("items").stream()
        .map(item -> item.text("kind") + "/" + item.text("key"))
        .collect(Collectors.joining("\n"));
  }
}
