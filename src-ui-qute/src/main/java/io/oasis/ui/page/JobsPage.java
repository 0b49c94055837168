package io.oasis.ui.page;

import io.oasis.ui.row.Chip;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.JobRow;
import java.util.List;

/**
 * The list of jobs.
 *
 * @param frame around it
 * @param sorting by what it is ordered
 * @param filter what is filtered by
 * @param jobs one page
 * @param total words for how many there are
 * @param next address of the next page; empty: this is the last
 * @param isShort fewer jobs than a page has; with a next page: the search stopped there
 * @param any false before the first job of the platform
 */
public record JobsPage(
    Frame frame,
    Sorting sorting,
    Filter filter,
    List<JobRow> jobs,
    String total,
    String next,
    boolean isShort,
    boolean any) {

  /**
   * The order of the list, and the addresses of the others.
   *
   * @param by {@code name}, {@code next}, {@code result} or {@code changed}
   * @param name address of the list by name
   * @param next address of the list by next fire
   * @param result address of the list by last result
   * @param changed address of the list by last change
   */
  public record Sorting(String by, String name, String next, String result, String changed) {}

  /**
   * The filters.
   *
   * @param text words to search for; may be empty
   * @param apps choices
   * @param states choices
   * @param kinds of schedule, choices
   * @param handler name; may be empty
   * @param owner name; may be empty
   * @param label key=value; may be empty
   * @param chips the active filters
   */
  public record Filter(
      String text,
      List<Choice> apps,
      List<Choice> states,
      List<Choice> kinds,
      String handler,
      String owner,
      String label,
      List<Chip> chips) {}
}
