package io.oasis.server.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The console's small cookies. What is read from them was in the browser's hands. */
final class Cookies {
  static final String LANGUAGE = "oasis_language";
  static final String THEME = "oasis_theme";
  static final String ZONE = "oasis_zone";
  static final String CHOSEN_ZONE = "oasis_chosen_zone";
  static final String OIDC = "oasis_oidc";
  static final String FLASH = "oasis_flash";

  private Cookies() {}

  static Optional<String> read(RoutingContext context, String name) {
    Cookie cookie = context.request().getCookie(name);
    if (cookie == null || cookie.getValue() == null || cookie.getValue().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(URLDecoder.decode(cookie.getValue(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Sets a cookie that scripts cannot read; a lifetime of zero removes it. */
  static void write(RoutingContext context, String name, String value, Duration lifetime) {
    Cookie cookie = Cookie.cookie(name, URLEncoder.encode(value, StandardCharsets.UTF_8));
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSameSite(CookieSameSite.LAX);
    cookie.setSecure(context.request().isSSL());
    cookie.setMaxAge(lifetime.toSeconds());
    context.response().addCookie(cookie);
  }
}
