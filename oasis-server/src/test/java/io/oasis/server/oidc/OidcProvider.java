package io.oasis.server.oidc;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;

/** An OpenID Connect provider with a sign-in page, over HTTP, with keys of its own. */
public class OidcProvider implements QuarkusTestResourceLifecycleManager {
  private MockOAuth2Server provider;

  @Override
  public Map<String, String> start() {
    provider =
        new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"interactiveLogin\": true}"));
    provider.start();
    return Map.of(
        "oasis.oidc.issuer", provider.issuerUrl("company").toString(),
        "oasis.oidc.client-id", "oasis",
        "oasis.oidc.client-secret", "a-secret-of-the-test",
        "oasis.oidc.name", "Company login",
        "oasis.oidc.timeout", "PT60S",
        "oasis.oidc.roles", "platform=admin, billing devs=billing:editor");
  }

  @Override
  public void stop() {
    if (provider != null) {
      provider.shutdown();
    }
  }
}
