package io.oasis.server.lease;

import io.oasis.server.time.ZoneRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How this process is named to people: host and port, its version and its time zone rules. */
@ApplicationScoped
public class ServerAddress {
  private final int port;
  private final String version;
  private final ZoneRules zoneRules;

  public ServerAddress(
      @ConfigProperty(name = "quarkus.http.port") int port,
      @ConfigProperty(name = "quarkus.application.version") String version,
      ZoneRules zoneRules) {
    this.port = port;
    this.version = version;
    this.zoneRules = zoneRules;
  }

  /** {@code host:port}, as the machine calls itself. */
  String text() {
    return hostName() + ":" + port;
  }

  /** The version of Oasis. */
  String version() {
    return version;
  }

  /** The version of the time zone rules that it computes with. */
  String tzdb() {
    return zoneRules.version();
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
