package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.ContextsFile;
import io.oasis.cli.client.Endpoint;
import io.oasis.cli.input.SecretInput;
import io.oasis.cli.options.CommonOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names a server. */
@Command(
    name = "set",
    description = "Name a server, or change the server of a name.",
    footer = {
      "",
      "Then log in with 'oasis login --context NAME', or give a token on standard input.",
      "The file is readable by you alone; 'oasis whoami --verbose' names it.",
      "",
      "Examples:",
      "  oasis context set prod --server https://oasis.example.com",
      "  oasis context set ci --server https://oasis.example.com --token-stdin < token"
    })
public final class ContextSetCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
  String name;

  @Option(names = "--server", paramLabel = "URL", required = true, description = "Its address.")
  String server;

  @Option(names = "--token-stdin", description = "Read a token for it from standard input.")
  boolean tokenStdin;

  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public ContextSetCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (name.isBlank() || name.length() > 100 || name.chars().anyMatch(c -> c <= ' ')) {
      throw CliFailure.invalid("a context's name has no spaces and at most 100 characters");
    }
    String address = Endpoint.normalise(server);
    Optional<String> token =
        tokenStdin ? Optional.of(SecretInput.line(shell.terminal().in())) : Optional.empty();
    if (token.isPresent() && token.get().isEmpty()) {
      throw CliFailure.invalid("there is no token on standard input");
    }
    ContextsFile.of(shell.env()).set(name, address, token);
    shell.terminal().say("context %s is %s".formatted(name, address));
    return ExitCode.OK.number();
  }
}
