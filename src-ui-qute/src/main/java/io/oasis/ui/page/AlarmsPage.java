package io.oasis.ui.page;

import io.oasis.ui.row.Chip;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.IncidentRow;
import java.util.List;

/**
 * What goes wrong with jobs.
 *
 * @param frame around it
 * @param filter what is filtered by
 * @param incidents one page, newest first
 * @param newer address of the first page; empty: this is it
 * @param older address of the next page; empty: this is the last
 */
public record AlarmsPage(
    Frame frame, Filter filter, List<IncidentRow> incidents, String newer, String older) {

  /**
   * The filters.
   *
   * @param app choices
   * @param job key of the chosen job; may be empty
   * @param states choices, any of them
   * @param stateWords the chosen states in words
   * @param chips the active filters
   */
  public record Filter(
      List<Choice> app, String job, List<Choice> states, String stateWords, List<Chip> chips) {}
}
