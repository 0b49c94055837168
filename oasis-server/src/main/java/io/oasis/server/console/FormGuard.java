package io.oasis.server.console;

import io.oasis.server.identity.TokenMechanism;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Closes what the check of form tokens leaves open: it lets requests pass that are not forms, which
 * the REST API needs and the pages must not have. And it keeps the token's cookie off the API,
 * which has no forms.
 */
public class FormGuard {
  /** Response filters run from high to low: after the one that sets the cookie. */
  private static final int LAST = 0;

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String COOKIE = "oasis_csrf";
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  @ServerRequestFilter
  public Optional<Response> onlyForms(RoutingContext context) {
    boolean isPage = !TokenMechanism.isApi(context.request().path());
    boolean changes = !SAFE.contains(context.request().method());
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    boolean isForm = type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    return isPage && changes && !isForm
        ? Optional.of(Response.status(Response.Status.BAD_REQUEST).build())
        : Optional.empty();
  }

  @ServerResponseFilter(priority = LAST)
  public void noCookieForApi(RoutingContext context) {
    if (TokenMechanism.isApi(context.request().path())) {
      context.response().removeCookie(COOKIE, false);
    }
  }
}
