package io.oasis.cli.output;

import io.oasis.cli.client.Facts;
import io.oasis.cli.output.Table.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Accounts of people in words and tables. */
public final class AccountText {
  private AccountText() {}

  /** {@code account li viewer, billing=editor created}. */
  public static String line(Facts account, String became) {
    return "account %s  %s  %s".formatted(account.text("name"), roles(account), became);
  }

  /** {@code viewer, billing=editor}. */
  public static String roles(Facts account) {
    List<String> roles = new ArrayList<>();
    account.optional("role").ifPresent(roles::add);
    Map<String, String> byApp = new TreeMap<>(account.map("appRoles"));
    byApp.forEach((app, role) -> roles.add(app + "=" + role));
    return roles.isEmpty() ? "no role" : String.join(", ", roles);
  }

  /** {@code enabled} or {@code disabled}. */
  static String state(Facts account) {
    return account.flag("disabled") ? "disabled" : "enabled";
  }

  /** How the account signs in. */
  static String signsIn(Facts account) {
    return account.flag("external") ? "OpenID Connect" : "password";
  }

  /**
   * Accounts as a table.
   *
   * @param wide with every column
   */
  public static Table table(List<Facts> accounts, Times times, boolean wide) {
    List<String> headings = new ArrayList<>(List.of("NAME", "ROLES", "STATE", "LAST SIGN-IN"));
    if (wide) {
      headings.addAll(List.of("EMAIL", "SIGNS IN BY"));
    }
    Table table = new Table(headings);
    for (Facts account : accounts) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(account.text("name")));
      row.add(Cell.of(roles(account)));
      row.add(new Cell(state(account), account.flag("disabled") ? Tone.WARN : Tone.PLAIN));
      row.add(Cell.of(account.instant("lastSignInAt").map(times::relative).orElse("never")));
      if (wide) {
        row.add(Cell.of(account.text("email")));
        row.add(Cell.of(signsIn(account)));
      }
      table.add(row);
    }
    return table;
  }
}
