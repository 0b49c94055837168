package io.oasis.server.run;

import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobRuns;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The door of the feature: what pages, REST and other features ask of runs. */
@ApplicationScoped
public class Runs implements JobRuns {
  private final Database database;
  private final DatabaseClock clock;
  private final RunQueryStore queries;
  private final LedgerStore store;
  private final Ledger ledger;
  private final ManualRuns manual;
  private final RunReading reading;

  /** What reading needs beside the rows. */
  @ApplicationScoped
  public static class RunReading {
    private final RunSearchStore search;
    private final RunViews views;
    private final JobVersions versions;
    private final Rules rules;

    public RunReading(RunSearchStore search, RunViews views, JobVersions versions, Rules rules) {
      this.search = search;
      this.views = views;
      this.versions = versions;
      this.rules = rules;
    }

    RunSearchStore.Found find(Tx tx, RunFilter filter, Optional<RunPlace> after, int limit) {
      return search.find(tx, filter, after, limit);
    }

    List<RunView> views(Tx tx, List<RunQueryStore.Listed> rows) {
      return views.of(tx, rows);
    }

    Optional<JobVersion> version(Tx tx, JobVersion.Id id) {
      return Optional.ofNullable(versions.get(tx, List.of(id)).get(id));
    }

    RunMachine machine() {
      return rules.machine();
    }

    MemberReports members() {
      return rules.members();
    }
  }

  public Runs(
      Database database,
      DatabaseClock clock,
      RunQueryStore queries,
      LedgerStore store,
      Ledger ledger,
      ManualRuns manual,
      RunReading reading) {
    this.database = database;
    this.clock = clock;
    this.queries = queries;
    this.store = store;
    this.ledger = ledger;
    this.manual = manual;
    this.reading = reading;
  }

  /**
   * Runs, newest first: by their ids, or, of a few jobs, by their nominal times. A search that
   * finds little stops after a while; the cursor lets it go on.
   *
   * @param limit at most so many
   * @param cursor of the page before; empty: the first page
   * @throws IllegalArgumentException when the cursor is not one that a page gave
   */
  public RunPage list(RunFilter filter, int limit, Optional<String> cursor) {
    Optional<RunPlace> after = cursor.map(Runs::parseCursor);
    return database.call(
        tx -> {
          RunSearchStore.Found found = reading.find(tx, filter, after, limit + 1);
          boolean more = found.rows().size() > limit;
          List<RunQueryStore.Listed> page = more ? found.rows().subList(0, limit) : found.rows();
          Optional<RunPlace> next =
              more ? Optional.of(RunPlace.of(page.get(limit - 1).run())) : found.stoppedAt();
          return new RunPage(
              reading.views(tx, page),
              next.map(RunPlace::cursor),
              more ? Optional.empty() : found.stoppedAt().map(RunPlace::nominalAt));
        });
  }

  /** One run. */
  public Optional<RunView> find(long id) {
    return database.call(tx -> find(tx, id));
  }

  private Optional<RunView> find(Tx tx, long id) {
    return queries.find(tx, id).flatMap(l -> reading.views(tx, List.of(l)).stream().findFirst());
  }

  /** One run with everything that is known of it. */
  public Optional<RunTrace> trace(long id) {
    return database.call(
        tx ->
            queries
                .find(tx, id)
                .flatMap(
                    l ->
                        reading.views(tx, List.of(l)).stream()
                            .findFirst()
                            .map(
                                view ->
                                    RunViews.trace(
                                        l,
                                        view,
                                        queries.notes(tx, l.run()),
                                        queries.attempts(tx, l.run())))));
  }

  /** Starts a run outside of the schedule. */
  public TriggerResult trigger(TriggerRequest request) {
    return manual.trigger(request);
  }

  /** Repeats a run with its params, with the job's current revision or with the run's own. */
  public RerunResult rerun(RerunRequest request) {
    return manual.rerun(request);
  }

  /** Asks one run to stop; others of its job are not touched. */
  public CancelResult cancel(long id, String by, Optional<String> reason) {
    record Asked(CancelResult result, Runnable afterCommit) {}
    Asked asked =
        database.call(
            tx -> {
              Optional<RunRow> found = store.lock(tx, id).stream().findFirst();
              if (found.isEmpty()) {
                return new Asked(new CancelResult.NoSuchRun(), () -> {});
              }
              RunRow run = found.get();
              Optional<Step> step = stop(tx, run, by, reason);
              Runnable after =
                  step.map(s -> ledger.write(tx, List.of(s)).afterCommit()).orElse(() -> {});
              RunView view = find(tx, id).orElseThrow();
              return new Asked(
                  run.state().isFinal()
                      ? new CancelResult.AlreadyFinal(view)
                      : new CancelResult.Asked(view),
                  after);
            });
    asked.afterCommit().run();
    return asked.result();
  }

  /**
   * Ends a run that was asked to stop and does not: its slot is freed although its code may still
   * run.
   */
  public ForceResult forceEnd(long id, String by, Optional<String> reason) {
    record Said(ForceResult result, Runnable afterCommit) {}
    Said said =
        database.call(
            tx -> {
              Optional<RunRow> found = store.lock(tx, id).stream().findFirst();
              if (found.isEmpty()) {
                return new Said(new ForceResult.NoSuchRun(), () -> {});
              }
              RunRow run = found.get();
              if (run.state() != RunState.KILLING) {
                RunView view = find(tx, id).orElseThrow();
                return new Said(
                    run.state().isFinal()
                        ? new ForceResult.AlreadyFinal(view)
                        : new ForceResult.NotStopping(view),
                    () -> {});
              }
              Runnable after = ledger.write(tx, forced(tx, run, by, reason)).afterCommit();
              return new Said(new ForceResult.Ended(find(tx, id).orElseThrow()), after);
            });
    said.afterCommit().run();
    return said.result();
  }

  private List<Step> forced(Tx tx, RunRow run, String by, Optional<String> reason) {
    Instant now = clock.instant();
    Ending ending =
        new Ending(
            ReasonCode.UNCONFIRMED,
            reason
                .map(why -> Remark.ENDED_BY_WHY.text(by, why))
                .orElseGet(() -> Remark.ENDED_BY.text(by)),
            by,
            0);
    if (run.standing().memberCount() > 0) {
      reading
          .members()
          .end(
              tx,
              List.of(run),
              now,
              (whole, member) ->
                  Optional.of(
                      member.ended(
                          RunState.KILLED, Optional.of(ending.reason()), ending.message())));
    }
    return List.of(reading.machine().over(run, now, RunEvent.KILLED, ending));
  }

  /** Lets a run go on that was held; its timeouts count from now. */
  public ReleaseResult release(long id, String by) {
    record Said(ReleaseResult result, Runnable afterCommit) {}
    Said said =
        database.call(
            tx -> {
              Optional<RunRow> found = store.lock(tx, id).stream().findFirst();
              if (found.isEmpty()) {
                return new Said(new ReleaseResult.NoSuchRun(), () -> {});
              }
              RunRow run = found.get();
              if (!run.isHeld()) {
                return new Said(new ReleaseResult.NotHeld(find(tx, id).orElseThrow()), () -> {});
              }
              Step step = reading.machine().released(run, clock.instant(), by);
              Runnable after = ledger.write(tx, List.of(step)).afterCommit();
              store.madeNow(tx, run);
              return new Said(new ReleaseResult.Released(find(tx, id).orElseThrow()), after);
            });
    said.afterCommit().run();
    return said.result();
  }

  private Optional<Step> stop(Tx tx, RunRow run, String by, Optional<String> reason) {
    Instant now = clock.instant();
    Ending ending =
        new Ending(
            ReasonCode.KILL_REQUESTED,
            reason
                .map(why -> Remark.KILLED_BY_WHY.text(by, why))
                .orElseGet(() -> Remark.KILLED_BY.text(by)),
            by,
            0);
    return switch (run.state()) {
      case QUEUED -> Optional.of(reading.machine().over(run, now, RunEvent.CANCELLED, ending));
      case DISPATCHED, RUNNING -> {
        Duration grace =
            reading
                .version(tx, run.version())
                .map(v -> v.spec().timeouts().killGrace())
                .orElse(Duration.ZERO);
        yield Optional.of(reading.machine().killAsked(run, now, ending, grace));
      }
      case KILLING,
          SUCCEEDED,
          FAILED,
          TIMED_OUT,
          LOST,
          KILLED,
          CANCELLED,
          SKIPPED,
          COALESCED,
          MISSED ->
          Optional.empty();
    };
  }

  @Override
  public Map<Long, Integer> cancelQueued(Tx tx, Collection<Long> jobUids, Why why, String by) {
    if (jobUids.isEmpty()) {
      return Map.of();
    }
    ReasonCode code =
        switch (why) {
          case DISABLED -> ReasonCode.JOB_DISABLED;
          case DELETED -> ReasonCode.JOB_DELETED;
        };
    Instant now = clock.instant();
    List<Step> steps = new ArrayList<>();
    for (RunRow run : store.lockQueued(tx, jobUids)) {
      steps.add(reading.machine().over(run, now, RunEvent.CANCELLED, new Ending(code, "", by, 0)));
    }
    // What would follow after the commit is the next run in the queue, and all of them end here.
    return ledger.write(tx, steps).steps().stream()
        .collect(
            Collectors.groupingBy(
                s -> s.before().origin().jobUid(), Collectors.summingInt(s -> 1)));
  }

  @Override
  public Map<Long, List<Long>> underWay(Tx tx, Collection<Long> jobUids) {
    return jobUids.isEmpty() ? Map.of() : queries.underWay(tx, jobUids);
  }

  @Override
  public Map<Long, Duration> typical(Tx tx, Collection<Long> jobUids) {
    return jobUids.isEmpty() ? Map.of() : queries.typical(tx, jobUids);
  }

  @Override
  public void kill(long runId, String by, String reason) {
    cancel(runId, by, Optional.of(reason));
  }

  private static RunPlace parseCursor(String cursor) {
    return RunPlace.parse(cursor)
        .orElseThrow(() -> new IllegalArgumentException("not a cursor: " + cursor));
  }
}
