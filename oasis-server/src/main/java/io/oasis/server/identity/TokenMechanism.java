package io.oasis.server.identity;

import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the token of a request: the bearer of the Authorization header, or the console's session
 * cookie. The cookie counts under {@code /api} for reading only, so that a form on another site can
 * never change anything there. The executor channel looks at its calls itself.
 */
@ApplicationScoped
public class TokenMechanism implements HttpAuthenticationMechanism {
  /** The console's cookie; holds a session token. */
  public static final String COOKIE = "oasis_session";

  private static final String BEARER = "bearer ";
  private static final String LOGIN = "/login";

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identityProviders) {
    if (isGrpc(context.request())) {
      return Uni.createFrom().nullItem();
    }
    Optional<String> token = token(context.request());
    if (token.isEmpty()) {
      return Uni.createFrom().nullItem();
    }
    return identityProviders.authenticate(
        new TokenAuthenticationRequest(new TokenCredential(token.get(), "bearer")));
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().item(challenge(context.request()));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(TokenAuthenticationRequest.class);
  }

  /** True for a request to the REST API, which is answered with problem+json. */
  public static boolean isApi(String path) {
    return path.equals("/api") || path.startsWith("/api/");
  }

  /** What a request without a valid token is answered with: pages send the browser to sign in. */
  public static ChallengeData challenge(HttpServerRequest request) {
    if (isApi(request.path())) {
      return new ChallengeData(401, "WWW-Authenticate", "Bearer");
    }
    // A fragment that was asked for by a script must not be filled with the sign-in page.
    if (request.getHeader("HX-Request") != null) {
      return new ChallengeData(401, "HX-Redirect", LOGIN);
    }
    boolean isPage = isRead(request);
    return new ChallengeData(
        303,
        "Location",
        isPage
            ? LOGIN + "?next=" + URLEncoder.encode(request.uri(), StandardCharsets.UTF_8)
            : LOGIN);
  }

  private static boolean isRead(HttpServerRequest request) {
    return HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
  }

  private static boolean isGrpc(HttpServerRequest request) {
    String type = request.getHeader("Content-Type");
    return type != null && type.startsWith("application/grpc");
  }

  private static Optional<String> token(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null) {
      return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
          ? Optional.of(header.substring(BEARER.length()).trim())
          : Optional.empty();
    }
    if (isApi(request.path()) && !isRead(request)) {
      return Optional.empty();
    }
    return Optional.ofNullable(request.getCookie(COOKIE))
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty());
  }
}
