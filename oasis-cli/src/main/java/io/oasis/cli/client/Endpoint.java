package io.oasis.cli.client;

import io.oasis.cli.CliFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the server is and who asks.
 *
 * @param server its address without a slash at the end, for example {@code http://localhost:8080}
 * @param token what to show; empty when there is none
 * @param tokenFrom where the token came from
 */
public record Endpoint(String server, Optional<String> token, TokenOrigin tokenFrom) {

  /** The server that is meant when nobody says which. */
  public static final String DEFAULT_SERVER = "http://localhost:8080";

  /** Where a token came from: the advice when it is refused depends on it. */
  public enum TokenOrigin {
    /** There is none. */
    NOWHERE("no token"),
    /** {@code --token}. */
    FLAG("the token given with --token"),
    /** {@code OASIS_TOKEN}. */
    ENVIRONMENT("the token in OASIS_TOKEN"),
    /** An earlier {@code oasis login}. */
    LOGIN("your saved login");

    private final String words;

    TokenOrigin(String words) {
      this.words = words;
    }

    /** As a message names it. */
    String words() {
      return words;
    }
  }

  /** The address in its one form, or a failure that says what is wrong with it. */
  public static String normalise(String server) {
    String trimmed = server.strip();
    while (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    try {
      URI uri = new URI(trimmed);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
        return trimmed;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one message for every address that is none.
    }
    throw CliFailure.invalid(
        "\"%s\" is not a server address; write it like %s".formatted(server, DEFAULT_SERVER));
  }
}
