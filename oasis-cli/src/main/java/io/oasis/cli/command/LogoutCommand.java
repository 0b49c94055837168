package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.ContextsFile;
import io.oasis.cli.client.Endpoint;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ServerOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the saved session. */
@Command(
    name = "logout",
    description = "End the session and forget its token.",
    footer = {"", "Example:", "  oasis logout"})
public final class LogoutCommand implements Callable<Integer> {
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public LogoutCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    String address = server.server(shell);
    ContextsFile contexts = ContextsFile.of(shell.env());
    Optional<String> token = contexts.token(address, Optional.empty());
    if (token.isEmpty()) {
      shell.terminal().say("not logged in to " + address);
      return ExitCode.OK.number();
    }
    contexts.forget(address);
    try {
      new OasisClient(new Endpoint(address, token, Endpoint.TokenOrigin.LOGIN))
          .delete("/sessions/current");
      shell.terminal().say("logged out of " + address);
    } catch (CliFailure e) {
      // The token is gone from this machine, which is what was asked for; the server's copy ends by
      // itself.
      shell.terminal().say("forgot the token; the server was not told: " + e.getMessage());
    }
    return ExitCode.OK.number();
  }
}
