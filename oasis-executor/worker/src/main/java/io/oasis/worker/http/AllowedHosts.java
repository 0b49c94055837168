package io.oasis.worker.http;

import io.oasis.executor.NonRetryableException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which hosts may be called. */
public final class AllowedHosts {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** A host, and a port or -1 for any. */
  private record Entry(String host, int port) {
    @Override
    public String toString() {
      return port < 0 ? host : host + ":" + port;
    }
  }

  private final List<Entry> entries;

  private AllowedHosts(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * These hosts.
   *
   * @param hosts {@code host} (any port) or {@code host:port}; an IPv6 address stands in brackets
   * @throws IllegalArgumentException with one line for people when one is no host
   */
  public static AllowedHosts of(List<String> hosts) {
    List<Entry> entries = new ArrayList<>();
    for (String host : hosts) {
      try {
        URI uri = new URI("http://" + host.strip());
        if (uri.getHost() == null || !uri.getRawPath().isEmpty() || uri.getUserInfo() != null) {
          throw new URISyntaxException(host, "no host");
        }
        entries.add(new Entry(uri.getHost().toLowerCase(Locale.ROOT), uri.getPort()));
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(
            "--allow-http \"" + host + "\" is no host; write HOST or HOST:PORT", e);
      }
    }
    return new AllowedHosts(List.copyOf(entries));
  }

  /**
   * Lets an address pass or throws.
   *
   * @throws NonRetryableException when it is no HTTP address, or its host is not allowed
   */
  void check(URI uri) {
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    if ((!tls && !"http".equalsIgnoreCase(uri.getScheme())) || uri.getHost() == null) {
      throw new NonRetryableException("params.url: " + uri + " is no http:// or https:// address");
    }
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    boolean allowed =
        entries.stream().anyMatch(e -> e.host().equals(host) && (e.port() < 0 || e.port() == port));
    if (!allowed) {
      throw new NonRetryableException(
          host + ":" + port + " is not allowed on this worker; it allows " + entries);
    }
  }
}
