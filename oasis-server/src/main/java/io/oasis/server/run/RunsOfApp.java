package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs of an app that are not over, for whoever removes the app. */
@ApplicationScoped
public class RunsOfApp {
  private static final String WHY = "its app was removed";

  private final OpenRunStore store;
  private final Ledger ledger;
  private final Rules rules;
  private final DatabaseClock clock;

  public RunsOfApp(OpenRunStore store, Ledger ledger, Rules rules, DatabaseClock clock) {
    this.store = store;
    this.ledger = ledger;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * How many are not over.
   *
   * @param waiting in the queue, also for their next attempt
   * @param underWay handed to a node, or asked to stop
   */
  public record Open(int waiting, int underWay) {}

  /** Runs that nobody moves until the transaction ends. */
  public static final class Held {
    private final Map<Boolean, List<RunRow>> byWaiting;

    private Held(List<RunRow> runs) {
      this.byWaiting =
          runs.stream().collect(Collectors.partitioningBy(r -> r.state() == RunState.QUEUED));
    }

    private List<RunRow> waiting() {
      return byWaiting.get(true);
    }

    private List<RunRow> underWay() {
      return byWaiting.get(false);
    }

    /** How many they are. */
    public Open open() {
      return new Open(waiting().size(), underWay().size());
    }
  }

  /** How many of an app are not over. */
  public Open count(Tx tx, long appId) {
    return store.count(tx, appId);
  }

  /** Takes hold of those of an app that are not over. */
  public Held hold(Tx tx, long appId) {
    return new Held(store.lock(tx, appId));
  }

  /**
   * Ends them: what waits is cancelled, as when a job is deleted; what is under way is asked to
   * stop and ends killed, without its node's word, because nobody will hear that node any more.
   *
   * @return what to do once the transaction is committed, and only then
   */
  public Runnable end(Tx tx, Held runs, String by) {
    Instant now = clock.instant();
    Ending deleted = new Ending(ReasonCode.JOB_DELETED, "", by, 0);
    // What would follow after the commit is the next run in the queue, and all of them end here.
    ledger.write(
        tx,
        runs.waiting().stream()
            .map(run -> rules.machine().over(run, now, RunEvent.CANCELLED, deleted))
            .toList());
    return kill(tx, runs.underWay(), now, by);
  }

  private Runnable kill(Tx tx, List<RunRow> runs, Instant now, String by) {
    Ending asked = new Ending(ReasonCode.KILL_REQUESTED, Remark.KILLED_BY_WHY.text(by, WHY), by, 0);
    Ledger.Written asking =
        ledger.write(
            tx,
            runs.stream()
                .filter(run -> run.state() != RunState.KILLING)
                .map(run -> rules.machine().killAsked(run, now, asked, Duration.ZERO))
                .toList());
    List<RunRow> stopping =
        Stream.concat(
                runs.stream().filter(run -> run.state() == RunState.KILLING),
                asking.steps().stream().map(Step::after))
            .toList();
    Ending ended = new Ending(ReasonCode.UNCONFIRMED, Remark.ENDED_BY_WHY.text(by, WHY), by, 0);
    endMembers(tx, stopping, now, ended);
    List<Step> steps = new ArrayList<>();
    stopping.forEach(run -> steps.add(rules.machine().over(run, now, RunEvent.KILLED, ended)));
    Ledger.Written over = ledger.write(tx, steps);
    return () -> {
      asking.afterCommit().run();
      over.afterCommit().run();
    };
  }

  private void endMembers(Tx tx, List<RunRow> runs, Instant now, Ending ending) {
    rules
        .members()
        .end(
            tx,
            runs.stream().filter(run -> run.standing().memberCount() > 0).toList(),
            now,
            (whole, member) ->
                Optional.of(
                    member.ended(RunState.KILLED, Optional.of(ending.reason()), ending.message())));
  }
}
