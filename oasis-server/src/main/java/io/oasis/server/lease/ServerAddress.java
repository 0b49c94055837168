package io.oasis.server.lease;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How this process is named to people: host and port, and its version. */
@ApplicationScoped
public class ServerAddress {
  private final int port;
  private final String version;

  public ServerAddress(
      @ConfigProperty(name = "quarkus.http.port") int port,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.port = port;
    this.version = version;
  }

  /** {@code host:port}, as the machine calls itself. */
  String text() {
    return hostName() + ":" + port;
  }

  /** The version of Oasis. */
  String version() {
    return version;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A container without a name in its own hosts file.
      return "localhost";
    }
  }
}
