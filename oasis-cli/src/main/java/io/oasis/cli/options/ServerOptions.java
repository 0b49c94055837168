package io.oasis.cli.options;

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
      description = "Else OASIS_SERVER, the last login's, or localhost:8080.")
  String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      order = 91,
      description = "Else OASIS_TOKEN or the saved login.")
  String token;

  /** The server's address in its one form. */
  public String server(Shell shell) {
    return Endpoint.normalise(
        given(server)
            .or(() -> given(shell.env().get("OASIS_SERVER")))
            .or(() -> ContextsFile.of(shell.env()).currentServer())
            .orElse(Endpoint.DEFAULT_SERVER));
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
    Optional<String> saved = ContextsFile.of(shell.env()).token(address);
    return new Endpoint(
        address, saved, saved.isPresent() ? TokenOrigin.LOGIN : TokenOrigin.NOWHERE);
  }

  /** A client of that server. */
  public OasisClient client(Shell shell) {
    return new OasisClient(endpoint(shell));
  }

  private static Optional<String> given(String value) {
    return Optional.ofNullable(value).map(String::strip).filter(v -> !v.isEmpty());
  }
}
