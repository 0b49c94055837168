package io.oasis.server.removal;

import io.oasis.server.app.App;
import io.oasis.server.job.JobsOfApp;
import io.oasis.server.run.RunsOfApp;
import java.util.List;
import java.util.TreeSet;

/**
 * What depends on an app, and goes with it when it is removed by force.
 *
 * @param jobs that are not deleted
 * @param ownedJobs of these, those that a Git source owns
 * @param runs that are not over
 * @param nodes that it has
 * @param tokens API and executor tokens that are for this app only
 * @param sources the Git sources that own the app or jobs of it, sorted
 */
public record Dependents(
    int jobs, int ownedJobs, Runs runs, Nodes nodes, int tokens, List<String> sources) {

  /**
   * Runs that are not over.
   *
   * @param waiting in the queue, also for their next attempt
   * @param running handed to a node, or asked to stop
   */
  public record Runs(int waiting, int running) {}

  /**
   * The app's nodes.
   *
   * @param connected online or draining
   * @param offline that its list still has
   */
  public record Nodes(int connected, int offline) {
    /** All of them. */
    public int all() {
      return connected + offline;
    }
  }

  static Dependents of(App app, JobsOfApp.Tally jobs, RunsOfApp.Open runs, int tokens) {
    TreeSet<String> sources = new TreeSet<>(jobs.sources());
    app.source().ifPresent(sources::add);
    return new Dependents(
        jobs.jobs(),
        jobs.owned(),
        new Runs(runs.waiting(), runs.underWay()),
        new Nodes(app.nodes().online() + app.nodes().draining(), app.nodes().offline()),
        tokens,
        List.copyOf(sources));
  }
}
