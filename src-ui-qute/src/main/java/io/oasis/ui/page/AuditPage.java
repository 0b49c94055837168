package io.oasis.ui.page;

import io.oasis.ui.row.AuditRow;
import io.oasis.ui.row.Chip;
import io.oasis.ui.row.Choice;
import java.util.List;

/**
 * Who changed what.
 *
 * @param frame around it
 * @param filter what is filtered by
 * @param entries one page, newest first
 * @param newest address of the first page; empty: this is it
 * @param older address of the next page; empty: this is the last
 */
public record AuditPage(
    Frame frame, Filter filter, List<AuditRow> entries, String newest, String older) {

  /**
   * The filters.
   *
   * @param apps choices
   * @param who exactly; may be empty
   * @param action a word or the beginning of one; may be empty
   * @param object exactly; may be empty
   * @param from local time of the viewer; may be empty
   * @param to local time of the viewer; may be empty
   * @param chips the active filters
   */
  public record Filter(
      List<Choice> apps,
      String who,
      String action,
      String object,
      String from,
      String to,
      List<Chip> chips) {}
}
