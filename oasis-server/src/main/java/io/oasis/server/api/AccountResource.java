package io.oasis.server.api;

import io.oasis.server.identity.Access;
import io.oasis.server.identity.Account;
import io.oasis.server.identity.Accounts;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Role;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** The accounts of people. */
@Path(Api.V1)
@Tag(name = "Accounts")
public class AccountResource {
  private final Accounts accounts;
  private final SecurityIdentity identity;

  public AccountResource(Accounts accounts, SecurityIdentity identity) {
    this.accounts = accounts;
    this.identity = identity;
  }

  /**
   * A person.
   *
   * @param role in all apps; null: none
   * @param appRoles by the name of the app
   * @param external signs in by OpenID Connect
   * @param lastSignInAt null: never
   */
  public record AccountJson(
      String name,
      String email,
      String role,
      Map<String, String> appRoles,
      boolean disabled,
      boolean external,
      Instant lastSignInAt) {
    static AccountJson of(Account account) {
      Map<String, String> appRoles = new TreeMap<>();
      account.access().byApp().forEach((app, role) -> appRoles.put(app, role.word()));
      return new AccountJson(
          account.name(),
          account.email().orElse(null),
          account.access().everywhere().map(Role::word).orElse(null),
          appRoles,
          account.disabled(),
          account.external(),
          account.lastSignIn().orElse(null));
    }
  }

  /** All accounts. */
  public record AccountsJson(List<AccountJson> items, String nextCursor) {}

  /**
   * Asks for an account.
   *
   * @param role in all apps; null: none
   * @param appRoles by the name of the app; null: none
   */
  public record NewAccountJson(
      String name, String password, String email, String role, Map<String, String> appRoles) {}

  /**
   * Asks for a change of an account; what is null stays.
   *
   * @param role in all apps; "none" takes it away
   * @param appRoles all of them, by the name of the app
   */
  public record AccountChangeJson(
      String email, String role, Map<String, String> appRoles, Boolean disabled) {}

  /**
   * Asks for another password.
   *
   * @param present the password until now; needed for one's own only
   */
  public record PasswordJson(String present, String password) {}

  @GET
  @Path("/accounts")
  @PermissionsAllowed(Permission.Name.ACCOUNT_READ)
  @Operation(summary = "Lists the accounts of people")
  public AccountsJson list() {
    Scope.requireAll(identity);
    return new AccountsJson(accounts.list().stream().map(AccountJson::of).toList(), null);
  }

  @GET
  @Path("/accounts/{name}")
  @PermissionsAllowed(Permission.Name.ACCOUNT_READ)
  @Operation(summary = "One account")
  public AccountJson find(@RestPath String name) {
    Scope.requireAll(identity);
    return AccountJson.of(require(name));
  }

  @POST
  @Path("/accounts")
  @PermissionsAllowed(Permission.Name.ACCOUNT_WRITE)
  @Operation(summary = "Makes an account that signs in with a password")
  public RestResponse<AccountJson> create(NewAccountJson wanted) {
    Scope.requireAll(identity);
    if (wanted == null || wanted.name() == null || wanted.password() == null) {
      throw ProblemException.invalidRequest("name and password are needed");
    }
    Access access = new Access(role(wanted.role()), appRoles(wanted.appRoles()));
    return RestResponse.status(
        RestResponse.Status.CREATED,
        answer(
            wanted.name(),
            accounts.create(wanted.name(), wanted.password(), text(wanted.email()), access, by())));
  }

  @PATCH
  @Path("/accounts/{name}")
  @PermissionsAllowed(Permission.Name.ACCOUNT_WRITE)
  @Operation(summary = "Changes roles or address of an account, or switches it on or off")
  public AccountJson change(@RestPath String name, AccountChangeJson wanted) {
    Scope.requireAll(identity);
    if (wanted == null) {
      throw ProblemException.invalidRequest("nothing to change was given");
    }
    Account now = require(name);
    Access access =
        new Access(
            wanted.role() == null ? now.access().everywhere() : role(wanted.role()),
            wanted.appRoles() == null ? now.access().byApp() : appRoles(wanted.appRoles()));
    return answer(
        name,
        accounts.update(
            name,
            wanted.email() == null ? now.email() : text(wanted.email()),
            access,
            wanted.disabled() == null ? now.disabled() : wanted.disabled(),
            by()));
  }

  @DELETE
  @Path("/accounts/{name}")
  @PermissionsAllowed(Permission.Name.ACCOUNT_WRITE)
  @Operation(summary = "Ends an account and its sessions")
  public void delete(@RestPath String name) {
    Scope.requireAll(identity);
    answer(name, accounts.delete(name, by()));
  }

  @POST
  @Path("/accounts/{name}/password")
  @PermissionsAllowed(Permission.Name.ACCOUNT_WRITE)
  @Operation(summary = "Gives an account another password, and ends its sessions")
  public void resetPassword(@RestPath String name, PasswordJson wanted) {
    Scope.requireAll(identity);
    answer(name, accounts.resetPassword(name, password(wanted), by()));
  }

  @DELETE
  @Path("/accounts/{name}/sessions")
  @PermissionsAllowed(Permission.Name.ACCOUNT_WRITE)
  @Operation(summary = "Signs an account out everywhere")
  public void signOut(@RestPath String name) {
    Scope.requireAll(identity);
    if (accounts.signOutEverywhere(name, by()).isEmpty()) {
      throw ProblemException.notFound("account " + name);
    }
  }

  @POST
  @Path("/me/password")
  @PermissionsAllowed(Permission.Name.SELF_USE)
  @Operation(summary = "Changes one's own password, and ends one's other sessions")
  public void changePassword(PasswordJson wanted) {
    String password = password(wanted);
    if (wanted.present() == null) {
      throw ProblemException.invalidRequest("present is needed: the password until now");
    }
    Caller caller = Caller.of(identity);
    answer(caller.name(), accounts.changePassword(caller, wanted.present(), password));
  }

  private Account require(String name) {
    return accounts.find(name).orElseThrow(() -> ProblemException.notFound("account " + name));
  }

  private String by() {
    return Caller.of(identity).who();
  }

  private static AccountJson answer(String name, Accounts.Change change) {
    return switch (change) {
      case Accounts.Change.Done(Account account) -> AccountJson.of(account);
      case Accounts.Change.Unknown() -> throw ProblemException.notFound("account " + name);
      case Accounts.Change.NameTaken() ->
          throw new ProblemException(ErrorCode.CONFLICT, "there is an account " + name);
      case Accounts.Change.LastAdministrator() ->
          throw new ProblemException(
              ErrorCode.CONFLICT,
              name + " is the last administrator",
              "make another account an administrator first");
      case Accounts.Change.Invalid(Accounts.Flaw flaw) when flaw == Accounts.Flaw.EMAIL ->
          throw ProblemException.invalidField("email", sentence(flaw), "write one, or none");
      case Accounts.Change.Invalid(Accounts.Flaw flaw) ->
          throw ProblemException.invalidRequest(sentence(flaw));
    };
  }

  private static String sentence(Accounts.Flaw flaw) {
    return switch (flaw) {
      case NAME ->
          "name must start with a letter or digit and hold only letters, digits and . _ @ + -,"
              + " at most 100";
      case EMAIL -> "email must be one address such as li@example.com";
      case PASSWORD_SHORT -> "password must have at least " + Accounts.MIN_PASSWORD + " characters";
      case PASSWORD_LONG -> "password must have at most " + Accounts.MAX_PASSWORD_BYTES + " bytes";
      case PASSWORD_IS_NAME -> "password must not be the name of the account";
      case PASSWORD_WRONG -> "present is not the password of the account";
      case NO_PASSWORD_HERE ->
          "tokens, and people who sign in by OpenID Connect, have no password here";
    };
  }

  private static String password(PasswordJson wanted) {
    if (wanted == null || wanted.password() == null) {
      throw ProblemException.invalidRequest("password is needed");
    }
    return wanted.password();
  }

  private static Optional<String> text(String text) {
    return Optional.ofNullable(text).map(String::strip).filter(t -> !t.isEmpty());
  }

  private static Optional<Role> role(String word) {
    if (word == null || word.equals("none")) {
      return Optional.empty();
    }
    return Optional.of(parse("role", word));
  }

  private static Map<String, Role> appRoles(Map<String, String> words) {
    Map<String, Role> roles = new LinkedHashMap<>();
    if (words != null) {
      words.forEach((app, word) -> roles.put(app, parse("appRoles." + app, word)));
    }
    return roles;
  }

  private static Role parse(String field, String word) {
    return Optional.ofNullable(word)
        .flatMap(Role::parse)
        .orElseThrow(
            () ->
                ProblemException.invalidRequest(
                    field + " must be viewer, operator, editor or admin, not '" + word + "'"));
  }
}
