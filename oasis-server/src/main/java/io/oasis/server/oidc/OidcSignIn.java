package io.oasis.server.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.oasis.server.identity.Access;
import io.oasis.server.identity.Role;
import io.oasis.server.identity.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** The door of the feature: the way to the provider, and what its answer means. */
@ApplicationScoped
public class OidcSignIn {
  private static final Logger LOG = Logger.getLogger(OidcSignIn.class);
  private static final String SESSION_NAME = "console (OpenID Connect)";

  private final OidcConfig config;
  private final Sessions sessions;
  private final AtomicReference<OIDCProviderMetadata> metadata = new AtomicReference<>();

  public OidcSignIn(OidcConfig config, Sessions sessions) {
    this.config = config;
    this.sessions = sessions;
  }

  /** Where to send the browser, and what it has to keep meanwhile. */
  public record Departure(URI provider, Attempt attempt) {}

  /** What became of it. */
  public sealed interface Arrival {
    /** A session is open. */
    record SignedIn(Sessions.SignIn.SignedIn session) implements Arrival {}

    /** The provider, or the person there, said no. */
    record Refused() implements Arrival {}

    /** The answer belongs to no question of this browser, or is too old. */
    record Stale() implements Arrival {}

    /** An account with a password has the name already. */
    record NameTaken(String name) implements Arrival {}

    /** An administrator has switched the account off. */
    record SwitchedOff(String name) implements Arrival {}

    /** The provider cannot be reached, or says what cannot be. The log says more. */
    record Broken() implements Arrival {}
  }

  /** True when a provider is configured. */
  public boolean isOn() {
    return config.issuer().isPresent() && config.clientId().isPresent();
  }

  /** What the button says. */
  public String name() {
    return config.name();
  }

  /** Where the provider sends the browser back to. */
  public URI callback(URI requested) {
    return config.publicUrl().orElse(requested).resolve("/login/oidc/callback");
  }

  /**
   * Begins.
   *
   * @param next where the person wants to go
   * @return empty when the provider cannot be reached; the log says why
   */
  public Optional<Departure> begin(URI callback, String next) {
    Optional<OIDCProviderMetadata> provider = provider();
    if (provider.isEmpty()) {
      return Optional.empty();
    }
    State state = new State();
    Nonce nonce = new Nonce();
    CodeVerifier verifier = new CodeVerifier();
    URI target =
        new AuthenticationRequest.Builder(
                ResponseType.CODE, Scope.parse(config.scopes()), client(), callback)
            .endpointURI(provider.get().getAuthorizationEndpointURI())
            .state(state)
            .nonce(nonce)
            .codeChallenge(verifier, CodeChallengeMethod.S256)
            .build()
            .toURI();
    return Optional.of(
        new Departure(
            target, new Attempt(state.getValue(), nonce.getValue(), verifier.getValue(), next)));
  }

  /**
   * Ends. Blocks while the provider is asked.
   *
   * @param answered the whole address that the provider sent the browser to
   * @param attempt that the browser kept
   */
  public Arrival finish(URI answered, URI callback, Attempt attempt) {
    Optional<OIDCProviderMetadata> provider = provider();
    if (provider.isEmpty()) {
      return new Arrival.Broken();
    }
    try {
      AuthenticationResponse response = AuthenticationResponseParser.parse(answered);
      if (response.getState() == null || !response.getState().getValue().equals(attempt.state())) {
        return new Arrival.Stale();
      }
      if (!response.indicatesSuccess()) {
        LOG.infof(
            "sign-in refused by the provider: %s", response.toErrorResponse().getErrorObject());
        return new Arrival.Refused();
      }
      AuthorizationCodeGrant grant =
          new AuthorizationCodeGrant(
              response.toSuccessResponse().getAuthorizationCode(),
              callback,
              new CodeVerifier(attempt.verifier()));
      return arrive(claims(provider.get(), grant, new Nonce(attempt.nonce())));
    } catch (GeneralException | IOException | BadJOSEException | JOSEException e) {
      LOG.warnf("sign-in by OpenID Connect failed: %s", e.getMessage());
      return new Arrival.Broken();
    }
  }

  private IDTokenClaimsSet claims(
      OIDCProviderMetadata provider, AuthorizationCodeGrant grant, Nonce nonce)
      throws GeneralException, IOException, BadJOSEException, JOSEException {
    URI endpoint = provider.getTokenEndpointURI();
    TokenRequest request =
        config
            .clientSecret()
            .map(
                secret ->
                    new TokenRequest.Builder(
                            endpoint, new ClientSecretBasic(client(), new Secret(secret)), grant)
                        .build())
            .orElseGet(() -> new TokenRequest.Builder(endpoint, client(), grant).build());
    HTTPRequest http = request.toHTTPRequest();
    http.setConnectTimeout((int) config.timeout().toMillis());
    http.setReadTimeout((int) config.timeout().toMillis());
    TokenResponse answer = OIDCTokenResponseParser.parse(http.send());
    if (!answer.indicatesSuccess()) {
      throw new GeneralException(answer.toErrorResponse().getErrorObject());
    }
    JWT idToken = ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens().getIDToken();
    if (!(idToken.getHeader().getAlgorithm() instanceof JWSAlgorithm algorithm)
        || !JWSAlgorithm.Family.SIGNATURE.contains(algorithm)) {
      throw new GeneralException("the ID token is not signed with a key of the provider");
    }
    return new IDTokenValidator(
            new Issuer(config.issuer().orElseThrow()),
            client(),
            algorithm,
            provider.getJWKSetURI().toURL())
        .validate(idToken, nonce);
  }

  private Arrival arrive(IDTokenClaimsSet claims) {
    Optional<String> email = Optional.ofNullable(claims.getStringClaim("email"));
    String name =
        Optional.ofNullable(claims.getStringClaim("preferred_username"))
            .or(() -> email)
            .orElse(claims.getSubject().getValue());
    Optional<Role> defaultRole = config.defaultRole().flatMap(Role::parse);
    List<String> groups =
        Optional.ofNullable(claims.getStringListClaim(config.groupsClaim())).orElse(List.of());
    Optional<Access> byGroups =
        config.roles().map(rules -> GroupRoles.parse(rules).of(groups, defaultRole));
    Sessions.External person =
        new Sessions.External(
            claims.getIssuer().getValue() + "|" + claims.getSubject().getValue(),
            name,
            email,
            byGroups,
            new Access(defaultRole, Map.of()));
    return switch (sessions.signIn(person, SESSION_NAME)) {
      case Sessions.ExternalSignIn.Open(Sessions.SignIn.SignedIn session) ->
          new Arrival.SignedIn(session);
      case Sessions.ExternalSignIn.NameTaken() -> new Arrival.NameTaken(name);
      case Sessions.ExternalSignIn.SwitchedOff() -> new Arrival.SwitchedOff(name);
    };
  }

  private Optional<OIDCProviderMetadata> provider() {
    OIDCProviderMetadata known = metadata.get();
    if (known != null) {
      return Optional.of(known);
    }
    int timeout = (int) config.timeout().toMillis();
    try {
      OIDCProviderMetadata found =
          OIDCProviderMetadata.resolve(new Issuer(config.issuer().orElseThrow()), timeout, timeout);
      metadata.set(found);
      return Optional.of(found);
    } catch (GeneralException | IOException e) {
      LOG.warnf(
          "the OpenID Connect provider %s cannot be asked: %s",
          config.issuer().orElse(""), e.getMessage());
      return Optional.empty();
    }
  }

  private ClientID client() {
    return new ClientID(config.clientId().orElseThrow());
  }
}
