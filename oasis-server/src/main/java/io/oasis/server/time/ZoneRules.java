package io.oasis.server.time;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.zone.ZoneRulesProvider;

/** The time zone rules that this process computes with. */
@ApplicationScoped
public class ZoneRules {
  private static final String ANY_ZONE = "Europe/Berlin";

  /** Their version, such as {@code 2025b}: the release of the IANA database in this JDK. */
  public String version() {
    return ZoneRulesProvider.getVersions(ANY_ZONE).lastEntry().getKey();
  }
}
