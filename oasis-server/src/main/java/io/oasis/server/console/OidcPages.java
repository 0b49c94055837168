package io.oasis.server.console;

import io.oasis.server.identity.TokenMechanism;
import io.oasis.server.oidc.Attempt;
import io.oasis.server.oidc.OidcSignIn;
import io.oasis.ui.PeopleMessages;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Signing in by OpenID Connect. */
@Path("/login/oidc")
@Blocking
public class OidcPages {
  /** Long enough for a person with a second factor. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Visit visit;
  private final OidcSignIn oidc;
  private final LoginPages login;

  public OidcPages(Visit visit, OidcSignIn oidc, LoginPages login) {
    this.visit = visit;
    this.oidc = oidc;
    this.login = login;
  }

  /** Sends the browser to the provider. */
  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermitAll
  public Response begin(
      @QueryParam("next") String next, @Context UriInfo uri, RoutingContext context) {
    requireOn();
    String target = Address.local(next);
    return oidc.begin(oidc.callback(uri.getBaseUri()), target)
        .map(
            departure -> {
              Cookies.write(context, Cookies.OIDC, departure.attempt().encode(), PATIENCE);
              return Response.seeOther(departure.provider()).build();
            })
        .orElseGet(() -> login.refused(502, "", target, people().oidcBroken()));
  }

  /** Where the provider sends it back to. */
  @GET
  @Path("callback")
  @Produces(MediaType.TEXT_HTML)
  @PermitAll
  public Response end(@Context UriInfo uri, RoutingContext context) {
    requireOn();
    Optional<Attempt> attempt = Cookies.read(context, Cookies.OIDC).flatMap(Attempt::decode);
    Cookies.write(context, Cookies.OIDC, "", Duration.ZERO);
    if (attempt.isEmpty()) {
      return login.refused(400, "", "/", people().oidcStale());
    }
    String next = Address.local(attempt.get().next());
    URI callback = oidc.callback(uri.getBaseUri());
    return switch (oidc.finish(uri.getRequestUri(), callback, attempt.get())) {
      case OidcSignIn.Arrival.SignedIn(var session) -> {
        Duration lifetime = Duration.between(visit.speech().now(), session.expiresAt());
        Cookies.write(context, TokenMechanism.COOKIE, session.token(), lifetime);
        Preferences.remember(context, session.account().preferences());
        yield Response.seeOther(URI.create(next)).build();
      }
      case OidcSignIn.Arrival.Refused() -> login.refused(403, "", next, people().oidcRefused());
      case OidcSignIn.Arrival.Stale() -> login.refused(400, "", next, people().oidcStale());
      case OidcSignIn.Arrival.NameTaken(String name) ->
          login.refused(409, "", next, people().oidcNameTaken(name));
      case OidcSignIn.Arrival.SwitchedOff(String name) ->
          login.refused(403, "", next, people().oidcSwitchedOff(name));
      case OidcSignIn.Arrival.Broken() -> login.refused(502, "", next, people().oidcBroken());
    };
  }

  private PeopleMessages people() {
    return visit.speech().people();
  }

  private void requireOn() {
    if (!oidc.isOn()) {
      throw new NotFoundException();
    }
  }
}
