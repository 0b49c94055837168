package io.oasis.executor.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a server listens.
 *
 * @param host name or address; an IPv6 address stands in brackets
 * @param port 1–65535
 * @param tls whether the connection is encrypted
 */
public record ServerAddress(String host, int port, boolean tls) {
  private static final int DEFAULT_PORT = 8080;
  private static final int DEFAULT_TLS_PORT = 443;

  /**
   * Reads one or more addresses, separated by commas.
   *
   * @throws IllegalArgumentException when one of them is no address, with a line for people
   */
  public static List<ServerAddress> parseAll(String addresses) {
    List<ServerAddress> parsed = new ArrayList<>();
    for (String address : addresses.split(",", -1)) {
      if (!address.isBlank()) {
        parsed.add(parse(address.strip()));
      }
    }
    return List.copyOf(parsed);
  }

  private static ServerAddress parse(String address) {
    URI uri;
    try {
      uri = new URI(address.contains("://") ? address : "http://" + address);
    } catch (URISyntaxException e) {
      throw wrong(address, e);
    }
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    boolean known = tls || "http".equalsIgnoreCase(uri.getScheme());
    boolean bare = uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().equals("/");
    if (!known || uri.getHost() == null || !bare || uri.getPort() == 0 || uri.getPort() > 65535) {
      throw wrong(address, null);
    }
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    return new ServerAddress(uri.getHost(), port, tls);
  }

  private static IllegalArgumentException wrong(String address, Exception cause) {
    return new IllegalArgumentException(
        "\"" + address + "\" is no server address; write host:port or https://host:port", cause);
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "") + host + ":" + port;
  }
}
