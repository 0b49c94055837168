package io.oasis.server.console;

import io.oasis.server.identity.Account;
import io.oasis.server.identity.Accounts;
import io.oasis.server.identity.Permission;
import io.oasis.ui.page.AccountPage;
import io.oasis.ui.page.AccountsPage;
import io.oasis.ui.page.Pages;
import io.oasis.ui.row.Field;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;

/** The accounts of people. */
@Path("/accounts")
@Blocking
public class AccountPages {
  private final Visit visit;
  private final Accounts accounts;

  public AccountPages(Visit visit, Accounts accounts) {
    this.visit = visit;
    this.accounts = accounts;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.ACCOUNT_READ)
  public TemplateInstance list() {
    visit.requireAll();
    return page(forms().empty());
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.ACCOUNT_WRITE)
  public Response create(MultivaluedMap<String, String> form) {
    visit.requireAll();
    AccountForms.Asked asked = forms().access(form);
    if (!asked.problem().isEmpty()) {
      return again(page(typed(form, AccountForms.Problems.ofAppRoles(asked.problem()))));
    }
    String name = AccountForms.text(form, "name");
    Accounts.Change change =
        accounts.create(
            name,
            Optional.ofNullable(form.getFirst("password")).orElse(""),
            email(form),
            asked.access(),
            visit.caller().who());
    if (change instanceof Accounts.Change.Done) {
      visit.flash(Flash.Outcome.SAVED, name);
      return to("/accounts");
    }
    return again(page(typed(form, forms().problems(change))));
  }

  @GET
  @Path("{name}")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.ACCOUNT_READ)
  public TemplateInstance account(@PathParam("name") String name) {
    visit.requireAll();
    Account account = find(name);
    return page(account, forms().of(account));
  }

  @POST
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.ACCOUNT_WRITE)
  public Response change(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    visit.requireAll();
    Account account = find(name);
    AccountForms.Asked asked = forms().access(form);
    if (!asked.problem().isEmpty()) {
      return again(page(account, typed(form, AccountForms.Problems.ofAppRoles(asked.problem()))));
    }
    boolean disabled = form.containsKey("disabled");
    Accounts.Change change =
        accounts.update(name, email(form), asked.access(), disabled, visit.caller().who());
    if (change instanceof Accounts.Change.Done) {
      visit.flash(Flash.Outcome.SAVED, name);
      return to(url(name));
    }
    return again(page(account, typed(form, forms().problems(change))));
  }

  @POST
  @Path("{name}/password")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.ACCOUNT_WRITE)
  public Response password(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    visit.requireAll();
    Account account = find(name);
    String password = Optional.ofNullable(form.getFirst("password")).orElse("");
    Accounts.Change change = accounts.resetPassword(name, password, visit.caller().who());
    if (change instanceof Accounts.Change.Done) {
      visit.flash(Flash.Outcome.PASSWORD_SET, name);
      return to(url(name));
    }
    AccountsPage.Form now = forms().of(account);
    String problem = forms().problems(change).password();
    return again(
        page(
            account,
            new AccountsPage.Form(
                true,
                now.name(),
                now.email(),
                new Field("", problem),
                now.roles(),
                now.appRoles())));
  }

  @POST
  @Path("{name}/sign-out")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.ACCOUNT_WRITE)
  public Response signOut(@PathParam("name") String name) {
    visit.requireAll();
    if (accounts.signOutEverywhere(name, visit.caller().who()).isEmpty()) {
      throw new NotFoundException();
    }
    visit.flash(Flash.Outcome.SIGNED_OUT, name);
    return to(url(name));
  }

  @POST
  @Path("{name}/delete")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.ACCOUNT_WRITE)
  public Response delete(@PathParam("name") String name, MultivaluedMap<String, String> form) {
    visit.requireAll();
    Account account = find(name);
    Accounts.Change change = accounts.delete(name, visit.caller().who());
    if (change instanceof Accounts.Change.Done) {
      visit.flash(Flash.Outcome.ENDED, name);
      return to("/accounts");
    }
    return again(page(account, typed(form, forms().problems(change))));
  }

  private TemplateInstance page(AccountsPage.Form form) {
    return visit.inLanguage(
        Pages.accounts(
            new AccountsPage(
                visit.frame("people"),
                accounts.list().stream().map(account -> forms().row(account)).toList(),
                form)));
  }

  private TemplateInstance page(Account account, AccountsPage.Form form) {
    boolean own = account.name().equals(visit.caller().name());
    return visit.inLanguage(
        Pages.account(new AccountPage(visit.frame("people"), forms().row(account), form, own)));
  }

  private AccountsPage.Form typed(
      MultivaluedMap<String, String> form, AccountForms.Problems problems) {
    return forms().typed(form, problems);
  }

  private AccountForms forms() {
    return new AccountForms(visit.speech());
  }

  private Account find(String name) {
    return accounts.find(name).orElseThrow(NotFoundException::new);
  }

  private static Optional<String> email(MultivaluedMap<String, String> form) {
    return Optional.of(AccountForms.text(form, "email")).filter(text -> !text.isEmpty());
  }

  private static String url(String name) {
    return "/accounts/" + Address.encode(name);
  }

  private static Response to(String path) {
    return Response.seeOther(URI.create(path)).build();
  }

  /** The form comes back, with what was typed and what was wrong. */
  static Response again(TemplateInstance page) {
    return Response.status(422).type(MediaType.TEXT_HTML).entity(page.render()).build();
  }
}
