package io.oasis.server.stats;

/**
 * What there is now.
 *
 * @param jobs by state
 * @param active runs that are not over
 * @param apps there are
 * @param appsOnline apps with a node that takes work
 * @param nodes by state
 */
public record Totals(Jobs jobs, Active active, int apps, int appsOnline, Nodes nodes) {

  /**
   * Jobs that are not deleted. A job is in one of the three.
   *
   * @param enabled fires by its schedule, or may
   * @param disabled switched off
   * @param completed enabled, without a further time
   */
  public record Jobs(long enabled, long disabled, long completed) {
    /** All of them. */
    public long all() {
      return enabled + disabled + completed;
    }
  }

  /**
   * Runs that are not over.
   *
   * @param queued waiting
   * @param running handed to a node
   * @param runningJobs jobs that have such a run
   */
  public record Active(long queued, long running, long runningJobs) {}

  /**
   * Nodes by state.
   *
   * @param full online ones without a free slot
   */
  public record Nodes(int online, int draining, int offline, int full) {}
}
