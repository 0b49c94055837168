package io.oasis.server.removal;

import io.oasis.server.app.App;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.Tokens;
import io.oasis.server.job.JobsOfApp;
import io.oasis.server.job.ManagedJob;
import io.oasis.server.run.RunsOfApp;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What belongs to an app and lives in other features. */
@ApplicationScoped
class Belongings {
  private final JobsOfApp jobs;
  private final RunsOfApp runs;
  private final Tokens tokens;

  Belongings(JobsOfApp jobs, RunsOfApp runs, Tokens tokens) {
    this.jobs = jobs;
    this.runs = runs;
    this.tokens = tokens;
  }

  /** What stays as it is until the transaction ends. */
  record Held(List<ManagedJob> jobs, RunsOfApp.Held runs, Dependents dependents) {}

  /** Counts them as they are now. */
  Dependents count(Tx tx, App app) {
    return Dependents.of(
        app, jobs.tally(tx, app.id()), runs.count(tx, app.id()), tokens.countOfApp(tx, app.name()));
  }

  /**
   * Takes hold of the jobs first, so that none of them fires any more, and then of the runs that
   * there are.
   */
  Held hold(Tx tx, App app) {
    List<ManagedJob> ofApp = jobs.hold(tx, app.id());
    RunsOfApp.Held open = runs.hold(tx, app.id());
    return new Held(
        ofApp,
        open,
        Dependents.of(
            app, jobs.tally(tx, app.id()), open.open(), tokens.countOfApp(tx, app.name())));
  }

  /**
   * Ends all of it.
   *
   * @return what to do once the transaction is committed, and only then
   */
  Runnable end(Tx tx, App app, Held held, String by) {
    jobs.delete(tx, app.id(), held.jobs(), by);
    Runnable afterCommit = runs.end(tx, held.runs(), by);
    tokens.revokeOfApp(tx, app.name(), by);
    return afterCommit;
  }
}
