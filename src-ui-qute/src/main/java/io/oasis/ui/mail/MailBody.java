package io.oasis.ui.mail;

import io.oasis.ui.row.Pair;
import java.util.List;

/**
 * What a mail says.
 *
 * @param language a language tag
 * @param tone {@code bad} or {@code good}
 * @param headline one sentence
 * @param facts names and values, one each line
 * @param lastLines of the run's log; may be empty
 * @param items of a digest; empty for a mail about one thing
 * @param links where to go on; empty when the server does not know its address
 * @param footer sentences
 */
public record MailBody(
    String language,
    String tone,
    String headline,
    List<Pair> facts,
    List<String> lastLines,
    List<Item> items,
    List<Link> links,
    List<String> footer) {

  /**
   * One of many things.
   *
   * @param text one sentence
   * @param why one line; may be empty
   * @param at when
   * @param url of the run's trace; may be empty
   */
  public record Item(String text, String why, String at, String url) {}

  /** Where to go on. */
  public record Link(String text, String url) {}
}
