package io.oasis.ui.row;

/**
 * A job in a list.
 *
 * @param link key, title and address
 * @param schedule kind and words, for example "0 30 2 * * ?"
 * @param kind of the schedule
 * @param zone of the schedule; may be empty
 * @param handler name of the code
 * @param owner who answers for it; may be empty
 * @param state whether it fires
 * @param next the next nominal time
 * @param last the newest run; null: it never ran
 * @param source Git source and commit; empty: by hand
 * @param changed when it was changed last
 */
public record JobRow(
    JobLink link,
    String schedule,
    ScheduleWord kind,
    String zone,
    String handler,
    String owner,
    JobBadge state,
    Moment next,
    LastRun last,
    String source,
    Moment changed) {

  /**
   * The newest run of a job.
   *
   * @param id of the run
   * @param state of the run
   * @param at its nominal time
   * @param duration of it; empty before its end
   */
  public record LastRun(long id, RunBadge state, Moment at, String duration) {}
}
