package io.oasis.server.console;

import io.oasis.server.identity.Account;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a viewer likes the console, as cookies and headers of a request say it. */
@ApplicationScoped
public class Preferences {
  static final Set<String> THEMES = Set.of("light", "dark", "system");

  /** Names only, no free offsets: there are few of them, and their hours begin at a quarter. */
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private static final Duration YEAR = Duration.ofDays(365);

  private final ConsoleConfig config;

  Preferences(ConsoleConfig config) {
    this.config = config;
  }

  /** True for the name of a time zone. */
  static boolean isZone(String name) {
    return ZONES.contains(name);
  }

  /** The names of all time zones, in order. */
  static List<String> zones() {
    return ZONES.stream().sorted().toList();
  }

  /**
   * Gives a browser the choices of an account; what the account leaves open stays the browser's.
   */
  static void remember(RoutingContext context, Account.Preferences choices) {
    choices.language().ifPresent(l -> Cookies.write(context, Cookies.LANGUAGE, l, YEAR));
    choices.theme().ifPresent(theme -> Cookies.write(context, Cookies.THEME, theme, YEAR));
    Cookies.write(
        context,
        Cookies.CHOSEN_ZONE,
        choices.timeZone().orElse(""),
        choices.timeZone().isPresent() ? YEAR : Duration.ZERO);
  }

  /** True when the zone is the viewer's choice, not the browser's. */
  boolean isZoneChosen(RoutingContext context) {
    return chosenZone(context).isPresent();
  }

  private static Optional<String> chosenZone(RoutingContext context) {
    return Cookies.read(context, Cookies.CHOSEN_ZONE).filter(ZONES::contains);
  }

  Locale language(RoutingContext context) {
    return LocaleNegotiator.negotiate(
        Cookies.read(context, Cookies.LANGUAGE).orElse(null),
        context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
  }

  String theme(RoutingContext context) {
    return Cookies.read(context, Cookies.THEME).filter(THEMES::contains).orElse("system");
  }

  /**
   * The zone that the viewer chose, or the browser's; the default one when neither is known or they
   * say what nobody knows.
   */
  ZoneId zone(RoutingContext context) {
    return chosenZone(context)
        .or(() -> Cookies.read(context, Cookies.ZONE).filter(ZONES::contains))
        .map(ZoneId::of)
        .orElse(config.defaultTimeZone());
  }
}
