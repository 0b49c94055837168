package io.oasis.server.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of signing in by OpenID Connect. */
@ConfigMapping(prefix = "oasis.oidc")
public interface OidcConfig {

  /** The provider, as its metadata names it. Unset: people sign in with passwords only. */
  Optional<String> issuer();

  /** What this platform is called at the provider. */
  Optional<String> clientId();

  /** Proves to the provider who asks. Unset: a public client, which PKCE alone protects. */
  Optional<String> clientSecret();

  /** On the button of the sign-in page. */
  @WithDefault("OpenID Connect")
  String name();

  /** What is asked of the provider, separated by blanks. */
  @WithDefault("openid profile email")
  String scopes();

  /** The claim of the ID token that lists a person's groups. */
  @WithDefault("groups")
  String groupsClaim();

  /**
   * Roles of groups, for example {@code admins=admin, billing-devs=billing:editor}. Set: roles
   * follow the groups at each sign-in. Unset: administrators give roles.
   */
  Optional<String> roles();

  /** The role in all apps of everybody whom the provider lets in. Unset: none. */
  Optional<String> defaultRole();

  /** The provider sends people back there. */
  Optional<URI> publicUrl();

  /** How long the provider may be silent. */
  @WithDefault("PT10S")
  Duration timeout();
}
