package io.oasis.server.api;

import io.oasis.schedule.DurationText;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Role;
import io.oasis.server.identity.Token;
import io.oasis.server.identity.Tokens;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Tokens of programs and executors. */
@Path(Api.V1 + "/tokens")
@Tag(name = "Sessions and tokens")
public class TokenResource {
  private static final Duration DEFAULT_LIFETIME = Duration.ofDays(90);

  private final Tokens tokens;
  private final SecurityIdentity identity;

  public TokenResource(Tokens tokens, SecurityIdentity identity) {
    this.tokens = tokens;
    this.identity = identity;
  }

  /**
   * Asks for a token.
   *
   * @param kind API or EXECUTOR
   * @param role of an API token
   * @param app the only app that it may touch; null: all
   * @param expiresIn for example {@code 90d}, which is also the default
   */
  public record NewTokenJson(String name, String kind, String role, String app, String expiresIn) {}

  /** A token that was made. It is shown here and never again. */
  public record CreatedTokenJson(
      long id,
      String name,
      String kind,
      String role,
      String app,
      Instant expiresAt,
      String token) {}

  /** A token in a list. */
  public record TokenJson(
      long id,
      String name,
      String kind,
      String role,
      String app,
      Instant createdAt,
      String createdBy,
      Instant expiresAt,
      Instant lastUsedAt) {}

  /** All tokens. */
  public record TokensJson(List<TokenJson> items, String nextCursor) {}

  @POST
  @PermissionsAllowed(Permission.Name.TOKEN_WRITE)
  @Operation(summary = "Makes an API token or an executor token; the secret is shown once")
  public RestResponse<CreatedTokenJson> create(NewTokenJson wanted) {
    Scope.requireAll(identity);
    Tokens.Created made = tokens.create(checked(wanted), Caller.of(identity).who());
    Token token = made.token();
    return RestResponse.status(
        RestResponse.Status.CREATED,
        new CreatedTokenJson(
            token.id(),
            token.name(),
            token.kind().name(),
            token.role().map(Role::word).orElse(null),
            token.app().orElse(null),
            token.expiresAt(),
            made.secret()));
  }

  @GET
  @PermissionsAllowed(Permission.Name.TOKEN_READ)
  @Operation(summary = "Lists the tokens of programs and executors, without their secrets")
  public TokensJson list() {
    Scope.requireAll(identity);
    return new TokensJson(tokens.list().stream().map(TokenResource::json).toList(), null);
  }

  @DELETE
  @Path("/{id}")
  @PermissionsAllowed(Permission.Name.TOKEN_WRITE)
  @Operation(summary = "Revokes a token at once")
  public void revoke(@RestPath long id) {
    Scope.requireAll(identity);
    if (!tokens.revoke(id, Caller.of(identity).who())) {
      throw ProblemException.notFound("token " + id);
    }
  }

  private static Tokens.NewToken checked(NewTokenJson wanted) {
    if (wanted == null || wanted.name() == null || wanted.name().isBlank()) {
      throw ProblemException.invalidRequest("name is needed");
    }
    if (wanted.name().length() > Tokens.MAX_NAME) {
      throw ProblemException.invalidRequest(
          "name is longer than " + Tokens.MAX_NAME + " characters");
    }
    Token.Kind kind =
        switch (wanted.kind() == null ? "" : wanted.kind()) {
          case "API" -> Token.Kind.API;
          case "EXECUTOR" -> Token.Kind.EXECUTOR;
          default -> throw ProblemException.invalidRequest("kind must be API or EXECUTOR");
        };
    Optional<Role> role = Optional.ofNullable(wanted.role()).flatMap(Role::parse);
    if (kind == Token.Kind.API && role.isEmpty()) {
      throw ProblemException.invalidRequest(
          "an API token needs a role: viewer, operator, editor or admin");
    }
    if (kind == Token.Kind.EXECUTOR && wanted.role() != null) {
      throw ProblemException.invalidRequest("an executor token has no role");
    }
    return new Tokens.NewToken(
        wanted.name().strip(),
        kind,
        role,
        Optional.ofNullable(wanted.app()).filter(app -> !app.isBlank()),
        lifetime(wanted.expiresIn()));
  }

  private static Duration lifetime(String text) {
    if (text == null) {
      return DEFAULT_LIFETIME;
    }
    return DurationText.parse(text)
        .filter(Tokens::isLifetime)
        .orElseThrow(
            () ->
                ProblemException.invalidRequest(
                    "expiresIn must be a duration from 1s to 3660d, for example 90d"));
  }

  private static TokenJson json(Token token) {
    return new TokenJson(
        token.id(),
        token.name(),
        token.kind().name(),
        token.role().map(Role::word).orElse(null),
        token.app().orElse(null),
        token.createdAt(),
        token.createdBy(),
        token.expiresAt(),
        token.lastUsedAt().orElse(null));
  }
}
