package io.oasis.server.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Turns a presented token into Quarkus' idea of an identity, with the {@link Caller} inside. */
@ApplicationScoped
public class TokenIdentityProvider implements IdentityProvider<TokenAuthenticationRequest> {
  /** Attribute of the refusal: true when the token was known and has ended. */
  public static final String EXPIRED = "oasis.expired";

  private final Tokens tokens;

  public TokenIdentityProvider(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Class<TokenAuthenticationRequest> getRequestType() {
    return TokenAuthenticationRequest.class;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      TokenAuthenticationRequest request, AuthenticationRequestContext context) {
    return context.runBlocking(() -> identify(request.getToken().getToken()));
  }

  private SecurityIdentity identify(String secret) {
    return switch (tokens.verify(secret)) {
      case Tokens.Check.Valid(Caller caller) -> identity(caller);
      case Tokens.Check.Unknown() ->
          throw new AuthenticationFailedException("unknown token", Map.of(EXPIRED, false));
      case Tokens.Check.Expired() ->
          throw new AuthenticationFailedException("expired token", Map.of(EXPIRED, true));
    };
  }

  private static SecurityIdentity identity(Caller caller) {
    AtomicReference<String> denied = new AtomicReference<>();
    AtomicReference<Permission> granted = new AtomicReference<>();
    QuarkusSecurityIdentity.Builder builder =
        QuarkusSecurityIdentity.builder()
            .setPrincipal(new QuarkusPrincipal(caller.who()))
            .addAttribute(Caller.ATTRIBUTE, caller)
            .addAttribute(Caller.DENIED, denied)
            .addAttribute(Caller.GRANTED, granted)
            .addPermissionChecker(
                asked -> {
                  String word = asked.getName() + ":" + asked.getActions();
                  // Where it may is asked again when it is known which app the request is about.
                  Optional<Permission> may =
                      Permission.parse(word).filter(caller.access()::maySomewhere);
                  may.ifPresentOrElse(granted::set, () -> denied.set(word));
                  return Uni.createFrom().item(may.isPresent());
                });
    return builder.build();
  }
}
