package io.oasis.ui.row;

import java.util.List;

/**
 * One entry of the audit trail.
 *
 * @param id of the entry
 * @param at when
 * @param who did it
 * @param word what was done, in words; empty: the action of a newer server
 * @param action the stable word of what was done
 * @param object what it was done to
 * @param words the object, with its kind in words
 * @param url of the object's page; empty: it has none
 * @param parts that differ
 */
public record AuditRow(
    long id,
    Moment at,
    String who,
    String word,
    String action,
    String object,
    String words,
    String url,
    List<ChangedPart> parts) {
  /** So many parts that one more would not be worth a click. */
  private static final int SHOWN = 4;

  /** The parts that are seen at once. */
  public List<ChangedPart> shown() {
    return folded().isEmpty() ? parts : parts.subList(0, SHOWN);
  }

  /** The parts that wait behind a click; empty where all are few. */
  public List<ChangedPart> folded() {
    return parts.size() > SHOWN + 1 ? parts.subList(SHOWN, parts.size()) : List.of();
  }
}
