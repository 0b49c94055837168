package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.cli.Shell;
import io.oasis.cli.client.ContextsFile;
import io.oasis.cli.client.Endpoint;
import io.oasis.cli.client.Endpoint.TokenOrigin;
import io.oasis.cli.client.OasisClient;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which server, and who asks. A flag beats the environment, which beats the saved login. */
public final class ServerOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      order = 90,
      description = "Else OASIS_SERVER, the current context, or localhost:8080.")
  String server;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      order = 89,
      description = "A saved server, see 'oasis context'; else OASIS_CONTEXT.")
  String context;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      order = 91,
      description = "Else OASIS_TOKEN or the saved login.")
  String token;

  /** The server's address in its one form. */
  public String server(Shell shell) {
    if (given(server).isPresent() && given(context).isPresent()) {
      throw CliFailure.invalid("--server and --context both name a server; leave one out");
    }
    return Endpoint.normalise(
        given(server)
            .or(() -> given(context).map(name -> contextServer(shell, name)))
            .or(() -> given(shell.env().get("OASIS_SERVER")))
            .or(() -> given(shell.env().get("OASIS_CONTEXT")).map(n -> contextServer(shell, n)))
            .or(() -> ContextsFile.of(shell.env()).currentServer())
            .orElse(Endpoint.DEFAULT_SERVER));
  }

  private static String contextServer(Shell shell, String name) {
    return ContextsFile.of(shell.env()).find(name).server();
  }

  /** Whom to ask, and as who. */
  public Endpoint endpoint(Shell shell) {
    String address = server(shell);
    if (given(token).isPresent()) {
      return new Endpoint(address, given(token), TokenOrigin.FLAG);
    }
    Optional<String> fromEnvironment = given(shell.env().get("OASIS_TOKEN"));
    if (fromEnvironment.isPresent()) {
      return new Endpoint(address, fromEnvironment, TokenOrigin.ENVIRONMENT);
    }
    Optional<String> saved = ContextsFile.of(shell.env()).token(address, chosen(shell));
    return new Endpoint(
        address, saved, saved.isPresent() ? TokenOrigin.LOGIN : TokenOrigin.NOWHERE);
  }

  /** A client of that server. */
  public OasisClient client(Shell shell) {
    return new OasisClient(endpoint(shell), new TerminalProgress(shell.terminal()));
  }

  /** The context that was asked for by name, if that is how the server was chosen. */
  private Optional<String> chosen(Shell shell) {
    return given(context)
        .or(
            () ->
                given(server).isPresent() || given(shell.env().get("OASIS_SERVER")).isPresent()
                    ? Optional.empty()
                    : given(shell.env().get("OASIS_CONTEXT")));
  }

  private static Optional<String> given(String value) {
    return Optional.ofNullable(value).map(String::strip).filter(v -> !v.isEmpty());
  }
}
