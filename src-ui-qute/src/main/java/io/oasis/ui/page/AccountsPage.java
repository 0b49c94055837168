package io.oasis.ui.page;

import io.oasis.ui.row.AccountRow;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.Field;
import java.util.List;

/**
 * The people who can sign in.
 *
 * @param frame around it
 * @param accounts by name
 * @param form for one more
 */
public record AccountsPage(Frame frame, List<AccountRow> accounts, Form form) {

  /**
   * What an account is made from.
   *
   * @param open true when it comes back with something wrong
   * @param name as typed at sign-in
   * @param email for people
   * @param password never comes back; only what was wrong with it does
   * @param roles in all apps, choices
   * @param appRoles one {@code app=role} a line
   */
  public record Form(
      boolean open, Field name, Field email, Field password, List<Choice> roles, Field appRoles) {}
}
