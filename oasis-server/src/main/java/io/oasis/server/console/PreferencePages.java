package io.oasis.server.console;

import io.oasis.server.identity.Account;
import io.oasis.server.identity.Accounts;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Sessions;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Language and theme; also before signing in, so that everybody can read the sign-in page. */
@Path("/preferences")
@Blocking
public class PreferencePages {
  private static final Duration YEAR = Duration.ofDays(365);

  private final SecurityIdentity identity;
  private final Sessions sessions;
  private final Accounts accounts;

  public PreferencePages(SecurityIdentity identity, Sessions sessions, Accounts accounts) {
    this.identity = identity;
    this.sessions = sessions;
    this.accounts = accounts;
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermitAll
  public Response save(
      @FormParam("language") String language,
      @FormParam("theme") String theme,
      @FormParam("back") String back,
      RoutingContext context) {
    Optional<String> chosen = LocaleNegotiator.known(language).map(Locale::toLanguageTag);
    Optional<String> look = Optional.ofNullable(theme).filter(Preferences.THEMES::contains);
    chosen.ifPresent(tag -> Cookies.write(context, Cookies.LANGUAGE, tag, YEAR));
    look.ifPresent(word -> Cookies.write(context, Cookies.THEME, word, YEAR));
    // Somebody who has signed in finds it again in the next browser.
    Caller.find(identity)
        .flatMap(sessions::account)
        .ifPresent(account -> keep(account, chosen, look));
    return Response.seeOther(URI.create(Address.local(back))).build();
  }

  private void keep(Account account, Optional<String> language, Optional<String> theme) {
    Account.Preferences now = account.preferences();
    accounts.setPreferences(
        account.name(),
        new Account.Preferences(language.or(now::language), now.timeZone(), theme.or(now::theme)));
  }
}
