package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.RunArgument;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.options.WaitOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the same again. */
@Command(
    name = "rerun",
    description = "Run again with the parameters of an earlier run.",
    exitCodeList = {"3:the queue is full", "5:the run failed"},
    footer = {
      "",
      "Examples:",
      "  oasis rerun 48213",
      "  oasis rerun 48213 --same-revision --wait --logs"
    })
public final class RerunCommand implements Callable<Integer> {
  @Mixin RunArgument run;

  @Option(
      names = "--same-revision",
      order = 1,
      description = "With the job as it was then, not as it is now.")
  boolean sameRevision;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      order = 2,
      description = "Two calls with the same key within 24 h make one run.")
  String idempotencyKey;

  @Mixin WaitOptions wait;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public RerunCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    wait.timeout();
    ObjectNode body = JsonText.object();
    body.put("sameRevision", sameRevision);
    if (idempotencyKey != null) {
      body.put("idempotencyKey", idempotencyKey);
    }
    OasisClient client = server.client(shell);
    Facts made = client.post("/runs/" + Query.segment(run.id()) + "/rerun", body);
    return new RunReport(shell, client, output.format()).report(made, wait).number();
  }
}
