package io.oasis.server.console;

import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Reach;
import io.oasis.server.stats.DashboardNumbers;
import io.oasis.server.stats.ServerHealth;
import io.oasis.server.time.DatabaseClock;
import io.oasis.ui.Sentences;
import io.oasis.ui.page.Frame;
import io.oasis.ui.page.Viewer;
import io.quarkus.csrf.reactive.runtime.CsrfTokenParameterProvider;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** One request for a page: who asks, in which language and zone, and what the frame shows them. */
@RequestScoped
public class Visit {
  private static final Duration CLOCK_WARNING = Duration.ofSeconds(2);

  private final RoutingContext context;
  private final SecurityIdentity identity;
  private final CsrfTokenParameterProvider csrf;
  private final DashboardNumbers numbers;
  private final Preferences preferences;
  private final DatabaseClock clock;
  private final String version;
  private Speech speech;

  public Visit(
      RoutingContext context,
      SecurityIdentity identity,
      CsrfTokenParameterProvider csrf,
      DashboardNumbers numbers,
      Preferences preferences,
      DatabaseClock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.context = context;
    this.identity = identity;
    this.csrf = csrf;
    this.numbers = numbers;
    this.preferences = preferences;
    this.clock = clock;
    this.version = version;
  }

  /** Says values to this viewer; its "now" is when it was first asked for. */
  Speech speech() {
    if (speech == null) {
      speech =
          new Speech(preferences.language(context), preferences.zone(context), clock.instant());
    }
    return speech;
  }

  /** The caller; only on pages that nobody sees without signing in. */
  Caller caller() {
    return Caller.of(identity);
  }

  /** The apps in which the caller may do what the route does. */
  Reach reach() {
    return caller().access().reach(Caller.permissionOfRoute(identity));
  }

  /**
   * Ends the request for an app that the caller does not see, as if it were not there, and for one
   * that he sees and in which he may not do what the route does.
   */
  void require(String app) {
    if (!caller().access().may(Permission.JOB_READ, app)) {
      throw new NotFoundException();
    }
    if (!reach().covers(app)) {
      throw new ForbiddenException(
          Caller.permissionOfRoute(identity).word() + " in app " + app + " is needed");
    }
  }

  /** Ends the request unless the caller may do one thing more in the app than the route needs. */
  void require(String app, Permission more) {
    if (!caller().access().may(more, app)) {
      throw new ForbiddenException(more.word() + " in app " + app + " is needed");
    }
  }

  /**
   * Ends the request unless the caller may everywhere what the route does: it concerns all apps.
   */
  void requireAll() {
    if (!caller().access().mayEverywhere(Caller.permissionOfRoute(identity))) {
      throw new ForbiddenException(
          Caller.permissionOfRoute(identity).word() + " in all apps is needed");
    }
  }

  String csrfToken() {
    return csrf.getToken();
  }

  /** The frame of a page that is about no single app. */
  Frame frame(String section) {
    return frame(section, caller().access()::maySomewhere);
  }

  /** The frame of a page about one app: it offers what the caller may do there. */
  Frame frameOf(String section, String app) {
    return frame(section, permission -> caller().access().may(permission, app));
  }

  private Frame frame(String section, Predicate<Permission> may) {
    return new Frame(
        viewer(caller(), may),
        section,
        context.request().uri(),
        csrf.getToken(),
        health(),
        takeFlash(),
        version);
  }

  /** What a page needs that has no frame around it. */
  Frame bareFrame() {
    return new Frame(
        new Viewer(
            speech().locale().toLanguageTag(),
            preferences.theme(context),
            speech().zone().getId(),
            preferences.isZoneChosen(context),
            "",
            "",
            Viewer.May.LOOK),
        "",
        context.request().uri(),
        csrf.getToken(),
        new Frame.Health("good", "", ""),
        Frame.Flash.NONE,
        version);
  }

  /** Gives a page its language. */
  TemplateInstance inLanguage(TemplateInstance page) {
    return page.setLocale(speech().locale());
  }

  /** Says something once, on the next page. */
  void flash(Flash.Outcome outcome, String subject) {
    Cookies.write(
        context, Cookies.FLASH, new Flash(outcome, subject).encode(), Duration.ofMinutes(1));
  }

  /** Goes to another page, which says what became of what was posted. */
  Response said(Flash.Outcome outcome, String subject, String path) {
    flash(outcome, subject);
    return Response.seeOther(URI.create(path)).build();
  }

  private Frame.Flash takeFlash() {
    Optional<Flash> flash = Cookies.read(context, Cookies.FLASH).flatMap(Flash::decode);
    if (flash.isPresent()) {
      Cookies.write(context, Cookies.FLASH, "", Duration.ZERO);
    }
    return flash.map(f -> f.words(speech())).orElse(Frame.Flash.NONE);
  }

  private Viewer viewer(Caller caller, Predicate<Permission> may) {
    return new Viewer(
        speech().locale().toLanguageTag(),
        preferences.theme(context),
        speech().zone().getId(),
        preferences.isZoneChosen(context),
        caller.name(),
        caller.access().everywhere().map(speech()::role).orElse(""),
        new Viewer.May(
            may.test(Permission.JOB_RUN),
            may.test(Permission.RUN_CANCEL),
            may.test(Permission.RUN_FORCE),
            may.test(Permission.JOB_SWITCH),
            may.test(Permission.JOB_WRITE),
            caller.access().maySomewhere(Permission.AUDIT_READ),
            caller.access().mayEverywhere(Permission.ACCOUNT_READ)));
  }

  private Frame.Health health() {
    List<ServerHealth> servers = numbers.servers();
    long alive = servers.stream().filter(ServerHealth::alive).count();
    Duration offset =
        servers.stream()
            .filter(ServerHealth::alive)
            .map(server -> server.clockOffset().abs())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    Sentences say = speech().sentences();
    String detail =
        String.format(
            Locale.ROOT,
            "%s · %s",
            say.healthServers(Long.toString(alive), Integer.toString(servers.size())),
            say.healthClock(speech().duration(offset)));
    boolean good = alive > 0 && offset.compareTo(CLOCK_WARNING) < 0;
    return new Frame.Health(good ? "good" : "warn", good ? say.healthy() : say.unhealthy(), detail);
  }
}
