package io.oasis.server.console;

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

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermitAll
  public Response save(
      @FormParam("language") String language,
      @FormParam("theme") String theme,
      @FormParam("back") String back,
      RoutingContext context) {
    Optional<Locale> known = LocaleNegotiator.known(language);
    known.ifPresent(l -> Cookies.write(context, Cookies.LANGUAGE, l.toLanguageTag(), YEAR));
    if (theme != null && Preferences.THEMES.contains(theme)) {
      Cookies.write(context, Cookies.THEME, theme, YEAR);
    }
    return Response.seeOther(URI.create(Address.local(back))).build();
  }
}
