package io.oasis.ui.page;

import io.oasis.ui.row.AccountRow;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.Field;
import io.oasis.ui.row.Moment;
import java.util.List;

/**
 * The viewer's own account.
 *
 * @param frame around it
 * @param account whose it is
 * @param zones to choose from
 * @param password the form for another one
 * @param sessions that are open, newest first
 */
public record ProfilePage(
    Frame frame, AccountRow account, Zones zones, Password password, List<Session> sessions) {

  /**
   * The zone that times are shown in.
   *
   * @param chosen as typed; empty: the browser's
   * @param all names to choose from
   */
  public record Zones(Field chosen, List<Choice> all) {}

  /**
   * Another password.
   *
   * @param present what was wrong with the password until now
   * @param wanted what was wrong with the new one
   */
  public record Password(Field present, Field wanted) {}

  /**
   * An open session.
   *
   * @param name what it was opened by
   * @param begun when
   * @param expires when
   * @param lastUsed when
   * @param here it is the one that the page was asked for with
   */
  public record Session(String name, Moment begun, Moment expires, Moment lastUsed, boolean here) {}
}
