package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ServerOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends tokens. */
@Command(
    name = "revoke",
    description = "Revoke tokens: they are refused from now on.",
    footer = {"", "Example:", "  oasis token revoke 7 8"})
public final class TokenRevokeCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "ID", description = "As 'oasis token list' shows it.")
  List<String> ids;

  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public TokenRevokeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OasisClient client = server.client(shell);
    for (String id : ids) {
      client.delete("/tokens/" + Query.segment(id));
      shell.terminal().print("token %s  revoked".formatted(id));
    }
    return ExitCode.OK.number();
  }
}
