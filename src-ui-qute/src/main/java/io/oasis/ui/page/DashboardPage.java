package io.oasis.ui.page;

import io.oasis.ui.row.RunBadge;
import io.oasis.ui.row.RunRow;
import java.util.List;

/**
 * The dashboard.
 *
 * @param frame around it
 * @param numbers the totals
 * @param hours the last 24, oldest first
 * @param ring jobs by state
 * @param troubles the newest failures
 * @param newest the newest runs
 * @param alarms that are open, written out; empty: none
 * @param strip fires of the next hour
 */
public record DashboardPage(
    Frame frame,
    Numbers numbers,
    List<Hour> hours,
    Ring ring,
    List<RunRow> troubles,
    List<RunRow> newest,
    String alarms,
    Strip strip) {

  /**
   * The totals, written out.
   *
   * @param jobs there are
   * @param enabled of them
   * @param disabled of them
   * @param active runs under way or waiting
   * @param day runs of the last 24 hours
   * @param apps with an online node, and all
   * @param nodes by state
   */
  public record Numbers(
      String jobs,
      String enabled,
      String disabled,
      Active active,
      Day day,
      Apps apps,
      Nodes nodes) {}

  /**
   * Runs that are not over.
   *
   * @param running on a node
   * @param queued waiting
   */
  public record Active(String running, String queued) {}

  /**
   * The last 24 hours.
   *
   * @param total finished runs
   * @param succeeded of them
   * @param failed of them, also timed out, lost and missed ones
   * @param anyFailed true when that is not zero
   * @param parts the other states that occurred, with their numbers
   * @param from start of the 24 hours, for links
   */
  public record Day(
      String total,
      String succeeded,
      String failed,
      boolean anyFailed,
      List<StateCount> parts,
      String from) {}

  /**
   * How many runs ended in a state.
   *
   * @param state the state
   * @param count written out
   */
  public record StateCount(RunBadge state, String count) {}

  /**
   * Apps.
   *
   * @param online with at least one online node
   * @param all there are
   */
  public record Apps(String online, String all) {}

  /**
   * Nodes.
   *
   * @param online take work
   * @param full of these: have no free slot
   * @param draining finish what they have
   */
  public record Nodes(String online, int full, int draining) {}

  /**
   * One hour of the trend.
   *
   * @param label of its start, for example 14:00
   * @param title date and hours
   * @param url of its runs
   * @param succeeded runs
   * @param failed runs, also timed out and lost ones
   * @param other runs: killed, cancelled, skipped
   */
  public record Hour(
      String label, String title, String url, long succeeded, long failed, long other) {}

  /**
   * Jobs by state.
   *
   * @param jobs there are
   * @param idle enabled and not running now
   * @param running now
   * @param disabled switched off
   * @param done without a further time
   */
  public record Ring(long jobs, long idle, long running, long disabled, long done) {}

  /**
   * Fires of the next hour.
   *
   * @param bars one for each minute that has a fire
   * @param labels of the scale, five of them
   * @param total fires, written out
   * @param empty true when there are none
   */
  public record Strip(List<Bar> bars, List<String> labels, String total, boolean empty) {}

  /**
   * A minute of the strip, drawn in a box of 720 by 72.
   *
   * @param x left edge
   * @param y upper edge
   * @param height of the bar
   * @param minute its start, for example 14:05
   * @param fires jobs whose next fire is then, written out
   */
  public record Bar(int x, int y, int height, String minute, String fires) {}

  /** True before the first job. */
  public boolean untouched() {
    return ring.jobs() == 0;
  }
}
