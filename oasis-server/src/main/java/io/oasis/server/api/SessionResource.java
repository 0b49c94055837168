package io.oasis.server.api;

import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Role;
import io.oasis.server.identity.Sessions;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Signing in and out. */
@Path(Api.V1)
@Tag(name = "Sessions and tokens")
public class SessionResource {
  private static final String DEFAULT_NAME = "session";

  private final Sessions sessions;
  private final SecurityIdentity identity;

  public SessionResource(Sessions sessions, SecurityIdentity identity) {
    this.sessions = sessions;
    this.identity = identity;
  }

  /**
   * Asks to sign in.
   *
   * @param name of the session, for lists; may be null
   */
  public record SignInJson(String username, String password, String name) {}

  /** A session that has begun. The token is shown here and never again. */
  public record SessionJson(String token, Instant expiresAt, AccountJson account) {}

  /** A person. */
  public record AccountJson(String name, String role) {}

  /** Whoever makes the request. */
  public record MeJson(String name, String role, String kind, Instant expiresAt) {}

  @POST
  @Path("/sessions")
  @PermitAll
  @Operation(summary = "Signs in with name and password; needs no token")
  public RestResponse<SessionJson> signIn(SignInJson wanted, HttpServerRequest request) {
    if (wanted == null || isBlank(wanted.username()) || wanted.password() == null) {
      throw ProblemException.invalidRequest("username and password are needed");
    }
    String address = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    String name = isBlank(wanted.name()) ? DEFAULT_NAME : wanted.name().strip();
    return switch (sessions.signIn(wanted.username().strip(), wanted.password(), address, name)) {
      case Sessions.SignIn.SignedIn in ->
          RestResponse.status(
              RestResponse.Status.CREATED,
              new SessionJson(
                  in.token(),
                  in.expiresAt(),
                  new AccountJson(
                      in.account().name(),
                      in.account().access().everywhere().map(Role::word).orElse(null))));
      case Sessions.SignIn.WrongCredentials() ->
          throw new ProblemException(
              ErrorCode.BAD_CREDENTIALS, "the name or the password is wrong");
      case Sessions.SignIn.Throttled(var wait) ->
          throw new ProblemException(
              ErrorCode.THROTTLED,
              "too many failed attempts",
              "try again in " + Math.max(1, wait.toSeconds()) + " s");
    };
  }

  @DELETE
  @Path("/sessions/current")
  @PermissionsAllowed(Permission.Name.SELF_USE)
  @Operation(summary = "Ends the session, or revokes the token, of the request")
  public void signOut() {
    sessions.signOut(Caller.of(identity));
  }

  @GET
  @Path("/me")
  @PermissionsAllowed(Permission.Name.SELF_USE)
  @Operation(summary = "Whose token the request carries")
  public MeJson me() {
    Caller caller = Caller.of(identity);
    return new MeJson(
        caller.name(),
        caller.access().everywhere().map(Role::word).orElse(null),
        caller.kind().name(),
        caller.expiresAt());
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
