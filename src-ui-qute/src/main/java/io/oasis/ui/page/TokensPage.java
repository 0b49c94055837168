package io.oasis.ui.page;

import io.oasis.ui.row.Choice;
import io.oasis.ui.row.Field;
import io.oasis.ui.row.TokenRow;
import java.util.List;

/**
 * The tokens of programs and executors.
 *
 * @param frame around it
 * @param tokens in the order in which they were made
 * @param made the secret of a token that was made just now, shown this once; empty: none
 * @param form for one more
 */
public record TokensPage(Frame frame, List<TokenRow> tokens, String made, Form form) {

  /**
   * What a token is made from.
   *
   * @param open true when it comes back with something wrong
   * @param name for people
   * @param kinds choices
   * @param roles of an API token, choices
   * @param app the only app that it is for; empty: all
   * @param lifetime for example 90d
   */
  public record Form(
      boolean open,
      Field name,
      List<Choice> kinds,
      List<Choice> roles,
      Field app,
      Field lifetime) {}
}
