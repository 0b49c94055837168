package io.oasis.server.dispatch;

import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.Ending;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.Member;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import io.oasis.server.time.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at runs whose {@code wake_at} has passed: hand-overs that nobody made (their server died),
 * retries, silent nodes, deadlines, stops that were not confirmed. Costs one index probe a second
 * when there is nothing.
 */
final class RunWatcher {
  private static final int BATCH = 500;
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** A claimed run comes up again after this when its step could not be written. */
  private static final Duration LEASE = Duration.ofSeconds(5);

  private final Database database;
  private final Now now;
  private final LedgerStore store;
  private final Ledger ledger;
  private final ReadyRuns ready;
  private final NodeSender sender;
  private final Rules rules;
  private final AfterAbsence afterAbsence;

  /** Who looks, when, and at which revisions. */
  record Now(DatabaseClock clock, ServerMembership membership, JobVersions versions) {}

  RunWatcher(
      Database database,
      Now now,
      LedgerStore store,
      Ledger ledger,
      ReadyRuns ready,
      NodeSender sender,
      Rules rules) {
    this.database = database;
    this.now = now;
    this.store = store;
    this.ledger = ledger;
    this.ready = ready;
    this.sender = sender;
    this.rules = rules;
    this.afterAbsence = new AfterAbsence(now.membership(), rules.machine());
  }

  /** One look. */
  Duration runOnce() {
    Looked looked = database.call(this::look);
    looked.afterCommit().run();
    ready.add(looked.toDispatch());
    sender.stop(looked.stops());
    return looked.seen() == BATCH ? Duration.ZERO : IDLE;
  }

  private record Looked(
      int seen, List<RunRow> toDispatch, List<NodeSender.Stop> stops, Runnable afterCommit) {}

  private Looked look(Tx tx) {
    List<RunRow> awake = store.claimAwake(tx, now.membership().serverId(), BATCH, LEASE);
    if (awake.isEmpty()) {
      return new Looked(0, List.of(), List.of(), () -> {});
    }
    Instant at = now.clock().instant();
    Map<JobVersion.Id, JobVersion> versions =
        now.versions().get(tx, awake.stream().map(RunRow::version).toList());
    List<RunRow> waiting = awake.stream().filter(r -> r.state() == RunState.QUEUED).toList();
    Map<Long, Step> stopped = afterAbsence.judge(tx, waiting, versions, at);
    List<RunRow> queued = waiting.stream().filter(r -> !stopped.containsKey(r.id())).toList();
    List<Step> steps = new ArrayList<>(stopped.values());
    List<RunRow> silentBroadcasts = new ArrayList<>();
    for (RunRow run : awake) {
      boolean broadcast = run.standing().memberCount() > 0;
      switch (run.state()) {
        case DISPATCHED -> {
          if (broadcast) {
            silentBroadcasts.add(run);
          } else {
            steps.add(
                rules
                    .machine()
                    .rejected(run, at, ReasonCode.NO_ACCEPT, "the node did not answer in time"));
          }
        }
        case RUNNING -> {
          Optional<Step> tooLong = deadline(run, versions.get(run.version()), at);
          tooLong.ifPresent(steps::add);
          // One step for a run: the members of one that is to stop are looked at next time.
          if (broadcast && tooLong.isEmpty()) {
            silentBroadcasts.add(run);
          }
        }
        case KILLING -> {
          if (broadcast) {
            silentBroadcasts.add(run);
          }
        }
        case QUEUED -> {
          // Dispatched again below.
        }
        case SUCCEEDED, FAILED, TIMED_OUT, LOST, KILLED, CANCELLED, SKIPPED, COALESCED, MISSED ->
            throw new IllegalStateException("a final run was claimed: " + run.id());
      }
    }
    List<NodeSender.Stop> stops =
        sender.stops(tx, awake.stream().filter(r -> r.state() == RunState.KILLING).toList());
    steps.addAll(silentMembers(tx, silentBroadcasts, at));
    Ledger.Written written = ledger.write(tx, steps);
    return new Looked(awake.size(), queued, stops, written.afterCommit());
  }

  private Optional<Step> deadline(RunRow run, JobVersion version, Instant at) {
    boolean over = run.standing().deadlineAt().filter(d -> !d.isAfter(at)).isPresent();
    if (!over) {
      return Optional.empty();
    }
    boolean total =
        version
            .spec()
            .timeouts()
            .total()
            .filter(t -> !run.origin().createdAt().plus(t).isAfter(at))
            .isPresent();
    Ending ending =
        total
            ? Ending.of(ReasonCode.TOTAL_TIMEOUT, "all attempts together took too long")
            : Ending.of(
                ReasonCode.RUN_TIMEOUT,
                "timeout after "
                    + version.spec().timeouts().run().map(Duration::toSeconds).orElse(0L)
                    + " s");
    return Optional.of(
        rules.machine().killAsked(run, at, ending, version.spec().timeouts().killGrace()));
  }

  private List<Step> silentMembers(Tx tx, List<RunRow> broadcasts, Instant at) {
    return rules
        .members()
        .end(
            tx,
            broadcasts,
            at,
            (run, member) ->
                member.state() == RunState.DISPATCHED
                    ? Optional.of(
                        member.ended(
                            RunState.FAILED,
                            Optional.of(ReasonCode.NO_ACCEPT),
                            "the node did not answer in time"))
                    : Optional.<Member>empty());
  }
}
