package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.options.WaitOptions;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a job now. */
@Command(
    name = "run",
    description = "Run a job now, whatever its schedule says.",
    exitCodeList = {"3:the queue is full", "5:the run failed"},
    footer = {
      "",
      "Exits with 5 when it waited and the run did not succeed, with 124 when the wait timed out.",
      "With --logs, standard output has the log's lines and nothing else.",
      "",
      "Examples:",
      "  oasis run billing/nightly-settlement",
      "  oasis run billing/nightly-settlement --param date=2026-11-21 --wait --logs",
      "  oasis run billing/export --wait --timeout 10m -o json"
    })
public final class RunCommand implements Callable<Integer> {
  @Mixin JobArgument job;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "KEY=VALUE",
      order = 1,
      description = "Override a parameter for this run; repeatable.")
  Map<String, String> params = Map.of();

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      order = 2,
      description = "Two calls with the same key within 24 h make one run.")
  String idempotencyKey;

  @Option(
      names = "--force",
      order = 3,
      description = "Run beside those that run, whatever its blocking says; needs run:force.")
  boolean force;

  @Mixin WaitOptions wait;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public RunCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    String path = job.path() + (force ? "/forced-runs" : "/runs");
    wait.timeout();
    ObjectNode body = JsonText.object();
    if (!params.isEmpty()) {
      ObjectNode given = body.putObject("params");
      params.forEach(given::put);
    }
    if (idempotencyKey != null) {
      body.put("idempotencyKey", idempotencyKey);
    }
    OasisClient client = server.client(shell);
    Facts run = client.post(path, body);
    return new RunReport(shell, client, output.format()).report(run, wait).number();
  }
}
