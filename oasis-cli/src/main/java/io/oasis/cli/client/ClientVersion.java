package io.oasis.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.zone.ZoneRulesProvider;
import java.util.Properties;

/** Which {@code oasis} this is. */
public final class ClientVersion {
  private static final String RESOURCE = "/io/oasis/cli/version.properties";

  private ClientVersion() {}

  /** The version of the build. */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in = ClientVersion.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // A missing version is no reason to fail the command that shows it.
      return "unknown";
    }
    return properties.getProperty("version", "unknown");
  }

  /** The version of the bundled time zone rules, for example {@code 2025b}. */
  public static String tzdb() {
    return ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();
  }
}
