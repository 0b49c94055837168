package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists tokens, without their secrets. */
@Command(
    name = "list",
    description = "List the tokens; their secrets are known to nobody.",
    footer = {"", "Example:", "  oasis token list -o wide"})
public final class TokenListCommand implements Callable<Integer> {
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public TokenListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<Facts> tokens = server.client(shell).list("/tokens", 0).items();
    new ThingList(shell, Kind.TOKEN, output.format(), true, false)
        .print(shell.terminal(), tokens, Watch.Part.WHOLE);
    return ExitCode.OK.number();
  }
}
