package io.oasis.server.console;

import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Sessions;
import io.oasis.server.identity.TokenMechanism;
import io.oasis.server.oidc.OidcSignIn;
import io.oasis.ui.Sentences;
import io.oasis.ui.page.LoginPage;
import io.oasis.ui.page.Pages;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;

/** Signing in and out. */
@Path("/")
@Blocking
public class LoginPages {
  static final String SESSION_NAME = "console";

  private final Visit visit;
  private final Sessions sessions;
  private final OidcSignIn oidc;

  public LoginPages(Visit visit, Sessions sessions, OidcSignIn oidc) {
    this.visit = visit;
    this.sessions = sessions;
    this.oidc = oidc;
  }

  @GET
  @Path("login")
  @Produces(MediaType.TEXT_HTML)
  @PermitAll
  public TemplateInstance login(@QueryParam("next") String next) {
    return page("", Address.local(next), "");
  }

  @POST
  @Path("login")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermitAll
  public Response signIn(
      @FormParam("username") @DefaultValue("") String name,
      @FormParam("password") @DefaultValue("") String password,
      @FormParam("next") String next,
      RoutingContext context) {
    String target = Address.local(next);
    String address =
        context.request().remoteAddress() == null
            ? ""
            : context.request().remoteAddress().hostAddress();
    Sentences say = visit.speech().sentences();
    return switch (sessions.signIn(name.strip(), password, address, SESSION_NAME)) {
      case Sessions.SignIn.SignedIn in -> {
        Duration lifetime = Duration.between(visit.speech().now(), in.expiresAt());
        Cookies.write(context, TokenMechanism.COOKIE, in.token(), lifetime);
        Preferences.remember(context, in.account().preferences());
        yield Response.seeOther(URI.create(target)).build();
      }
      case Sessions.SignIn.WrongCredentials() -> refused(401, name, target, say.wrongCredentials());
      case Sessions.SignIn.Throttled(var wait) ->
          refused(429, name, target, say.throttled(visit.speech().duration(wait)));
    };
  }

  @POST
  @Path("logout")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.SELF_USE)
  public Response signOut(RoutingContext context) {
    sessions.signOut(visit.caller());
    Cookies.write(context, TokenMechanism.COOKIE, "", Duration.ZERO);
    return Response.seeOther(URI.create("/login")).build();
  }

  private TemplateInstance page(String name, String next, String problem) {
    return visit.inLanguage(
        Pages.login(
            new LoginPage(visit.bareFrame(), name, next, problem, oidc.isOn() ? oidc.name() : "")));
  }

  /** The sign-in page once more, with what was wrong. */
  Response refused(int status, String name, String next, String problem) {
    return Response.status(status)
        .type(MediaType.TEXT_HTML)
        .entity(page(name, next, problem).render())
        .build();
  }
}
