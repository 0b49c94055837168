package io.oasis.ui.page;

import io.oasis.ui.row.AttemptRow;
import io.oasis.ui.row.BlockingWord;
import io.oasis.ui.row.LogRow;
import io.oasis.ui.row.Moment;
import io.oasis.ui.row.Pair;
import io.oasis.ui.row.RoutingWord;
import io.oasis.ui.row.RunRow;
import io.oasis.ui.row.StepRow;
import java.util.List;

/**
 * One run.
 *
 * @param frame around it
 * @param head what changes while it runs
 * @param log its log
 */
public record RunDetailPage(Frame frame, Head head, Log log) {

  /** Number and job, for the window's title. */
  public String title() {
    return "#" + head.run().id() + " " + head.run().job().title();
  }

  /**
   * The upper part of the page, replaced while the run goes on.
   *
   * @param run the row of the list
   * @param times begin and end
   * @param facts of the run
   * @param steps the trace, oldest first
   * @param attempts earlier ones and members; empty when there was one only
   * @param params that the handler was given
   * @param actions that can be taken now
   */
  public record Head(
      RunRow run,
      Times times,
      Facts facts,
      List<StepRow> steps,
      List<AttemptRow> attempts,
      List<Pair> params,
      Actions actions) {}

  /**
   * Begin and end, to the millisecond.
   *
   * @param nominal in the viewer's zone
   * @param started empty before it began
   * @param finished empty before it ended
   * @param actual when the node began, as a moment
   */
  public record Times(String nominal, String started, String finished, Moment actual) {}

  /**
   * What is true of the run all along.
   *
   * @param by who asked for it; empty: the schedule
   * @param routing how its node was chosen
   * @param blocking what happens when its job fires again
   * @param revision of the job
   * @param rerunOf the run that it repeats; 0: none
   * @param result what the handler gave back; may be empty
   * @param progress percent; -1: none was said
   * @param progressText one line; may be empty
   * @param stretch the nominal times that this row stands for; may be empty
   */
  public record Facts(
      String by,
      RoutingWord routing,
      BlockingWord blocking,
      int revision,
      long rerunOf,
      String result,
      int progress,
      String progressText,
      String stretch) {}

  /**
   * What can be done with the run now.
   *
   * @param kill it is not over
   * @param release it is held until somebody says that it may go on
   * @param forceEnd it was asked to stop and does not
   * @param again it is over and its job is still there
   * @param csrfToken for the forms
   */
  public record Actions(
      boolean kill, boolean release, boolean forceEnd, boolean again, String csrfToken) {}

  /**
   * The log as far as it is known when the page is made.
   *
   * @param rows its lines
   * @param live address of the stream that goes on; empty: the log is over
   * @param after position of the last line of {@code rows}
   * @param earlier address of a page that starts at the first line; empty: this one does
   * @param note one sentence at the end; may be empty
   * @param reaches false for a run that never reached a node
   */
  public record Log(
      List<LogRow> rows, String live, String after, String earlier, String note, boolean reaches) {}
}
