package io.oasis.server.maintenance;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Says, once the port is open, where the server is and where it keeps its data. */
@ApplicationScoped
public class ReadyLine {
  private static final Logger LOG = Logger.getLogger(ReadyLine.class);
  private static final Pattern HOST = Pattern.compile("//(?:[^@/]*@)?([^/?]+)");

  private final String version;
  private final Optional<String> databaseUrl;

  public ReadyLine(
      @ConfigProperty(name = "quarkus.application.version") String version,
      @ConfigProperty(name = "oasis.db.url") Optional<String> databaseUrl) {
    this.version = version;
    this.databaseUrl = databaseUrl;
  }

  void started(@ObservesAsync HttpServerStart event) {
    String scheme = event.options().isSsl() ? "https" : "http";
    LOG.info(line(scheme, port(event.options().getPort())));
  }

  /** A port that the machine chose is known to Quarkus only after the start. */
  private static int port(int configured) {
    return configured > 0
        ? configured
        : ConfigProvider.getConfig()
            .getOptionalValue("quarkus.http.port", Integer.class)
            .orElse(configured);
  }

  String line(String scheme, int port) {
    return "Oasis "
        + version
        + " is ready at "
        + scheme
        + "://localhost:"
        + port
        + " (database: "
        + database()
        + ")";
  }

  /** Never the whole address: it may hold a password. */
  private String database() {
    if (databaseUrl.isEmpty()) {
      return "embedded";
    }
    Matcher host = HOST.matcher(databaseUrl.get());
    return host.find() ? host.group(1) : "configured";
  }
}
