package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.ContextsFile;
import io.oasis.cli.client.Endpoint;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.input.SecretInput;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.output.Times;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exchanges a password for a token and keeps it. */
@Command(
    name = "login",
    description = "Log in and keep the token for later commands.",
    footer = {
      "",
      "The password comes from --password-stdin, else OASIS_PASSWORD, else a prompt. It is not kept;",
      "the token is, readable by you alone, in the file that 'oasis whoami --verbose' names.",
      "",
      "Examples:",
      "  oasis login --username admin",
      "  oasis login --server https://oasis.example.com --username ci --password-stdin < secret"
    })
public final class LoginCommand implements Callable<Integer> {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Else OASIS_SERVER, the current context, or localhost:8080.")
  String server;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Keep it under this name; without --server: the server of that name.")
  String context;

  @Option(
      names = {"-u", "--username", "--user"},
      paramLabel = "NAME",
      description = "The account.")
  String username;

  @Option(names = "--password-stdin", description = "Read the password from standard input.")
  boolean passwordStdin;

  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public LoginCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ContextsFile contexts = ContextsFile.of(shell.env());
    String address = Endpoint.normalise(chosenServer(contexts));
    ObjectNode credentials = JsonText.object();
    credentials.put("username", account());
    credentials.put("password", password());
    credentials.put("name", "oasis login");
    OasisClient client =
        new OasisClient(new Endpoint(address, Optional.empty(), Endpoint.TokenOrigin.NOWHERE));
    Facts session = client.post("/sessions", credentials);
    if (session.text("token").isEmpty()) {
      throw new CliFailure(ExitCode.ERROR, address + " gave no token; is it an Oasis server?");
    }
    contexts.save(address, Optional.ofNullable(context), session);
    Facts who = session.in("account");
    String until =
        session
            .instant("expiresAt")
            .map(t -> " until " + new Times(shell.clock(), shell.zone()).full(t))
            .orElse("");
    shell
        .terminal()
        .say(
            "logged in to %s as %s (%s)%s"
                .formatted(address, who.text("name"), who.text("role"), until));
    return ExitCode.OK.number();
  }

  private String chosenServer(ContextsFile contexts) {
    return Optional.ofNullable(server)
        .or(() -> Optional.ofNullable(context).map(name -> contexts.find(name).server()))
        .or(() -> Optional.ofNullable(shell.env().get("OASIS_SERVER")).filter(s -> !s.isBlank()))
        .or(contexts::currentServer)
        .orElse(Endpoint.DEFAULT_SERVER);
  }

  private String account() {
    return Optional.ofNullable(username)
        .or(() -> shell.terminal().ask("user name: "))
        .filter(name -> !name.isBlank())
        .orElseThrow(() -> CliFailure.invalid("no user name; give it with --username"));
  }

  private String password() {
    Optional<String> given =
        passwordStdin
            ? Optional.of(SecretInput.line(shell.terminal().in()))
            : Optional.ofNullable(shell.env().get("OASIS_PASSWORD"))
                .or(() -> shell.terminal().askSecret("password: "));
    return given
        .filter(p -> !p.isEmpty())
        .orElseThrow(
            () -> CliFailure.invalid("no password; use --password-stdin or set OASIS_PASSWORD"));
  }
}
