package io.oasis.server.console;

import io.oasis.server.identity.Account;
import io.oasis.server.identity.Accounts;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Sessions;
import io.oasis.server.identity.TokenMechanism;
import io.oasis.ui.page.Pages;
import io.oasis.ui.page.ProfilePage;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.Field;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The viewer's own account. */
@Path("/profile")
@Blocking
public class ProfilePages {
  private final Visit visit;
  private final Accounts accounts;
  private final Sessions sessions;

  public ProfilePages(Visit visit, Accounts accounts, Sessions sessions) {
    this.visit = visit;
    this.accounts = accounts;
    this.sessions = sessions;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.SELF_USE)
  public TemplateInstance profile() {
    Account account = account();
    return page(
        account,
        Field.of(account.preferences().timeZone().orElse("")),
        new ProfilePage.Password(Field.EMPTY, Field.EMPTY));
  }

  /** Keeps language, theme and zone, for this browser and for the next ones. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.SELF_USE)
  public Response save(
      @FormParam("language") String language,
      @FormParam("theme") String theme,
      @FormParam("zone") @DefaultValue("") String zone,
      RoutingContext context) {
    Account account = account();
    Optional<String> wanted = Optional.of(zone.strip()).filter(text -> !text.isEmpty());
    if (wanted.isPresent() && !Preferences.isZone(wanted.get())) {
      return AccountPages.again(
          page(
              account,
              new Field(zone, visit.speech().people().unknownZone()),
              new ProfilePage.Password(Field.EMPTY, Field.EMPTY)));
    }
    Account.Preferences preferences =
        new Account.Preferences(
            LocaleNegotiator.known(language).map(locale -> locale.toLanguageTag()),
            wanted,
            Optional.ofNullable(theme).filter(Preferences.THEMES::contains));
    accounts.setPreferences(account.name(), preferences);
    Preferences.remember(context, preferences);
    return visit.said(Flash.Outcome.SAVED, account.name(), "/profile");
  }

  @POST
  @Path("password")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.SELF_USE)
  public Response password(
      @FormParam("present") @DefaultValue("") String present,
      @FormParam("password") @DefaultValue("") String password) {
    Account account = account();
    Accounts.Change change = accounts.changePassword(visit.caller(), present, password);
    if (change instanceof Accounts.Change.Invalid(Accounts.Flaw flaw)) {
      String problem = new AccountForms(visit.speech()).sentence(flaw);
      boolean atPresent = flaw == Accounts.Flaw.PASSWORD_WRONG;
      return AccountPages.again(
          page(
              account,
              Field.of(account.preferences().timeZone().orElse("")),
              new ProfilePage.Password(
                  new Field("", atPresent ? problem : ""),
                  new Field("", atPresent ? "" : problem))));
    }
    return visit.said(Flash.Outcome.PASSWORD_SET, account.name(), "/profile");
  }

  /** Ends all sessions, this one too. */
  @POST
  @Path("sign-out")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.SELF_USE)
  public Response signOutEverywhere(RoutingContext context) {
    Account account = account();
    accounts.signOutEverywhere(account.name(), visit.caller().who());
    Cookies.write(context, TokenMechanism.COOKIE, "", Duration.ZERO);
    return Response.seeOther(URI.create("/login")).build();
  }

  private TemplateInstance page(Account account, Field zone, ProfilePage.Password password) {
    Speech speech = visit.speech();
    Caller caller = visit.caller();
    return visit.inLanguage(
        Pages.profile(
            new ProfilePage(
                visit.frame("profile"),
                new AccountForms(speech).row(account),
                new ProfilePage.Zones(
                    zone,
                    Preferences.zones().stream().map(id -> new Choice(id, id, false)).toList()),
                password,
                sessions.of(caller).stream()
                    .map(
                        token ->
                            new ProfilePage.Session(
                                token.name().equals(LoginPages.SESSION_NAME)
                                    ? speech.people().browser()
                                    : token.name(),
                                speech.moment(token.createdAt()),
                                speech.moment(token.expiresAt()),
                                speech.moment(token.lastUsedAt()),
                                token.id() == caller.tokenId()))
                    .toList())));
  }

  /** The account of a person; a token has none. */
  private Account account() {
    return sessions.account(visit.caller()).orElseThrow(NotFoundException::new);
  }
}
