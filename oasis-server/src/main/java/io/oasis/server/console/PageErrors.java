package io.oasis.server.console;

import io.oasis.server.identity.TokenMechanism;
import io.oasis.ui.Sentences;
import io.oasis.ui.page.ErrorPage;
import io.oasis.ui.page.Frame;
import io.oasis.ui.page.Pages;
import io.oasis.ui.page.Viewer;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Answers a browser with a page where other clients get a line of text, and keeps pages out of
 * caches: what they show is true now and for this viewer only.
 */
public class PageErrors {
  private final Preferences preferences;

  public PageErrors(Preferences preferences) {
    this.preferences = preferences;
  }

  @ServerResponseFilter
  public void answer(ContainerResponseContext response, RoutingContext context) {
    if (TokenMechanism.isApi(context.request().path())) {
      return;
    }
    response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
    int status = response.getStatus();
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    MediaType type = response.getMediaType();
    boolean isPage = type != null && type.getSubtype().equals("html");
    if (status >= 400 && !isPage && accept != null && accept.contains("text/html")) {
      response.setEntity(page(status, context), null, MediaType.TEXT_HTML_TYPE);
      response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8");
    }
  }

  private String page(int status, RoutingContext context) {
    Locale locale = preferences.language(context);
    boolean post = HttpMethod.POST.equals(context.request().method());
    Sentences say =
        MessageBundles.get(Sentences.class, Localized.Literal.of(locale.toLanguageTag()));
    Viewer nobody =
        new Viewer(
            locale.toLanguageTag(),
            preferences.theme(context),
            preferences.zone(context).getId(),
            preferences.isZoneChosen(context),
            "",
            "",
            Viewer.May.LOOK);
    Frame frame =
        new Frame(nobody, "", "/", "", new Frame.Health("good", "", ""), Frame.Flash.NONE, "");
    return Pages.error(
            new ErrorPage(frame, status, title(status, post, say), hint(status, post, say)))
        .setLocale(locale)
        .render();
  }

  private static String title(int status, boolean post, Sentences say) {
    return switch (status) {
      case 403 -> say.errorForbidden();
      case 404, 405 -> say.errorNotFound();
      // A form is refused for its token before anything else is looked at.
      case 400 -> post ? say.errorExpired() : say.errorBadRequest();
      case 413 -> say.errorTooLarge();
      case 503 -> say.errorUnavailable();
      default -> status < 500 ? say.errorBadRequest() : say.errorInternal();
    };
  }

  private static String hint(int status, boolean post, Sentences say) {
    return switch (status) {
      case 403 -> say.errorForbiddenHint();
      case 404, 405 -> say.errorNotFoundHint();
      case 400 -> post ? say.errorExpiredHint() : say.errorBadRequestHint();
      case 413 -> say.errorTooLargeHint();
      case 503 -> say.errorUnavailableHint();
      default -> status < 500 ? say.errorBadRequestHint() : say.errorInternalHint();
    };
  }
}
