package io.oasis.server.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;

/** How a viewer likes the console, as cookies and headers of a request say it. */
@ApplicationScoped
public class Preferences {
  static final Set<String> THEMES = Set.of("light", "dark", "system");

  /** Names only, no free offsets: there are few of them, and their hours begin at a quarter. */
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private final ConsoleConfig config;

  Preferences(ConsoleConfig config) {
    this.config = config;
  }

  Locale language(RoutingContext context) {
    return LocaleNegotiator.negotiate(
        Cookies.read(context, Cookies.LANGUAGE).orElse(null),
        context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
  }

  String theme(RoutingContext context) {
    return Cookies.read(context, Cookies.THEME).filter(THEMES::contains).orElse("system");
  }

  /** The browser's zone; the default one when it has not said it or says what nobody knows. */
  ZoneId zone(RoutingContext context) {
    return Cookies.read(context, Cookies.ZONE)
        .filter(ZONES::contains)
        .map(ZoneId::of)
        .orElse(config.defaultTimeZone());
  }
}
