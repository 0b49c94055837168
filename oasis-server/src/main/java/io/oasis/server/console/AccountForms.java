package io.oasis.server.console;

import io.oasis.server.identity.Access;
import io.oasis.server.identity.Account;
import io.oasis.server.identity.Accounts;
import io.oasis.server.identity.Role;
import io.oasis.ui.PeopleMessages;
import io.oasis.ui.page.AccountsPage;
import io.oasis.ui.row.AccountRow;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.Field;
import io.oasis.ui.row.Pair;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Between the forms of accounts and what they mean. */
final class AccountForms {
  private final Speech speech;

  AccountForms(Speech speech) {
    this.speech = speech;
  }

  /**
   * What a form says that somebody may do.
   *
   * @param access as far as it was understood
   * @param problem the line that was not; empty: all were
   */
  record Asked(Access access, String problem) {}

  /** Reads role and roles in apps; a line that is not app=role is a problem. */
  Asked access(MultivaluedMap<String, String> form) {
    Map<String, Role> roles = new LinkedHashMap<>();
    for (String line : text(form, "appRoles").split("\\R", -1)) {
      if (line.isBlank()) {
        continue;
      }
      int equals = line.indexOf('=');
      Optional<Role> role =
          equals <= 0 ? Optional.empty() : Role.parse(line.substring(equals + 1).strip());
      if (role.isEmpty()) {
        return new Asked(Access.NONE, speech.people().wrongAppRole(line.strip()));
      }
      roles.put(line.substring(0, equals).strip(), role.get());
    }
    return new Asked(new Access(Role.parse(text(form, "role")), roles), "");
  }

  /** The form that nobody has filled in. */
  AccountsPage.Form empty() {
    return new AccountsPage.Form(
        false, Field.EMPTY, Field.EMPTY, Field.EMPTY, roles(Optional.of(Role.VIEWER)), Field.EMPTY);
  }

  /** The form of an account as it is. */
  AccountsPage.Form of(Account account) {
    return new AccountsPage.Form(
        false,
        Field.of(account.name()),
        Field.of(account.email().orElse("")),
        Field.EMPTY,
        roles(account.access().everywhere()),
        Field.of(
            new TreeMap<>(account.access().byApp())
                .entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue().word())
                    .collect(Collectors.joining("\n"))));
  }

  /** The form as it was sent, with what was wrong. */
  AccountsPage.Form typed(MultivaluedMap<String, String> form, Problems problems) {
    return new AccountsPage.Form(
        true,
        new Field(text(form, "name"), problems.name()),
        new Field(text(form, "email"), problems.email()),
        new Field("", problems.password()),
        roles(Role.parse(text(form, "role"))),
        new Field(text(form, "appRoles"), problems.appRoles()));
  }

  /** Where something was wrong, in sentences; empty ones were right. */
  record Problems(String name, String email, String password, String appRoles) {
    static final Problems NONE = new Problems("", "", "", "");

    static Problems ofName(String problem) {
      return new Problems(problem, "", "", "");
    }

    static Problems ofAppRoles(String problem) {
      return new Problems("", "", "", problem);
    }
  }

  /** Sorts a refusal to the field that it is about. */
  Problems problems(Accounts.Change change) {
    PeopleMessages say = speech.people();
    return switch (change) {
      case Accounts.Change.Done done -> Problems.NONE;
      case Accounts.Change.Unknown unknown -> Problems.NONE;
      case Accounts.Change.NameTaken taken -> Problems.ofName(say.nameTaken());
      case Accounts.Change.LastAdministrator last -> Problems.ofName(say.lastAdministrator());
      case Accounts.Change.Invalid(Accounts.Flaw flaw) ->
          switch (flaw) {
            case NAME -> Problems.ofName(sentence(flaw));
            case EMAIL -> new Problems("", sentence(flaw), "", "");
            case PASSWORD_SHORT,
                PASSWORD_LONG,
                PASSWORD_IS_NAME,
                PASSWORD_WRONG,
                NO_PASSWORD_HERE ->
                new Problems("", "", sentence(flaw), "");
          };
    };
  }

  String sentence(Accounts.Flaw flaw) {
    PeopleMessages say = speech.people();
    return switch (flaw) {
      case NAME -> say.wrongName();
      case EMAIL -> say.wrongEmail();
      case PASSWORD_SHORT -> say.passwordShort(Integer.toString(Accounts.MIN_PASSWORD));
      case PASSWORD_LONG -> say.passwordLong(Integer.toString(Accounts.MAX_PASSWORD_BYTES));
      case PASSWORD_IS_NAME -> say.passwordIsName();
      case PASSWORD_WRONG -> say.passwordWrong();
      case NO_PASSWORD_HERE -> say.noPasswordHere();
    };
  }

  AccountRow row(Account account) {
    List<Pair> appRoles = new ArrayList<>();
    new TreeMap<>(account.access().byApp())
        .forEach((app, role) -> appRoles.add(new Pair(app, speech.role(role))));
    return new AccountRow(
        account.name(),
        account.email().orElse(""),
        account.access().everywhere().map(speech::role).orElse(""),
        appRoles,
        account.disabled(),
        account.external(),
        speech.moment(account.lastSignIn()));
  }

  private List<Choice> roles(Optional<Role> chosen) {
    List<Choice> choices = new ArrayList<>();
    choices.add(new Choice("none", speech.people().noRole(), chosen.isEmpty()));
    for (Role role : Role.values()) {
      choices.add(new Choice(role.word(), speech.role(role), chosen.equals(Optional.of(role))));
    }
    return choices;
  }

  static String text(MultivaluedMap<String, String> form, String name) {
    return Optional.ofNullable(form.getFirst(name)).map(String::strip).orElse("");
  }
}
