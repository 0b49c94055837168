package io.oasis.ui.page;

import io.oasis.ui.row.Chip;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.RunRow;
import java.util.List;

/**
 * The log center.
 *
 * @param frame around it
 * @param filter what is filtered by
 * @param runs one page, newest first
 * @param newer address of the first page; empty: this is it
 * @param older address of the next page; empty: this is the last
 * @param searchedTo time up to which the search came before it stopped; empty: it did not stop
 */
public record RunsPage(
    Frame frame, Filter filter, List<RunRow> runs, String newer, String older, String searchedTo) {

  /**
   * The filters.
   *
   * @param text part of the job's name or title; may be empty
   * @param app chosen app
   * @param job key of the chosen job; may be empty
   * @param states choices, any of them
   * @param stateWords the chosen states in words
   * @param reasons choices
   * @param triggers choices
   * @param node id of a node; may be empty
   * @param from local time; may be empty
   * @param to local time; may be empty
   * @param chips the active filters
   */
  public record Filter(
      String text,
      List<Choice> app,
      String job,
      List<Choice> states,
      String stateWords,
      List<Choice> reasons,
      List<Choice> triggers,
      String node,
      String from,
      String to,
      List<Chip> chips) {}
}
