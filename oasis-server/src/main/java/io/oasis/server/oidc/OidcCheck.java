package io.oasis.server.oidc;

import io.oasis.server.identity.Role;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Says at the start what is wrong with the settings, not at the first sign-in. */
@ApplicationScoped
public class OidcCheck {
  private static final Logger LOG = Logger.getLogger(OidcCheck.class);

  private final OidcConfig config;

  public OidcCheck(OidcConfig config) {
    this.config = config;
  }

  void onStart(@Observes StartupEvent event) {
    check();
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalStateException for settings that cannot be meant
   */
  void check() {
    if (config.issuer().isEmpty()) {
      return;
    }
    if (config.clientId().isEmpty()) {
      throw new IllegalStateException("OASIS_OIDC_ISSUER is set; set OASIS_OIDC_CLIENT_ID too");
    }
    try {
      config.roles().ifPresent(GroupRoles::parse);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("OASIS_OIDC_ROLES: " + e.getMessage(), e);
    }
    config
        .defaultRole()
        .filter(word -> Role.parse(word).isEmpty())
        .ifPresent(
            word -> {
              throw new IllegalStateException(
                  "OASIS_OIDC_DEFAULT_ROLE must be viewer, operator, editor or admin, not " + word);
            });
    LOG.infof("people may sign in by OpenID Connect at %s", config.issuer().get());
  }
}
