package io.oasis.it.chaos;

import io.oasis.it.chaos.Act.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is done to the cluster and when, drawn from the seed alone. At least one server and, of each
 * app, one executor are left in peace at any time but that of PostgreSQL's outage.
 */
final class Plan {
  private static final int JOBS_AT_ONCE = 6;

  /** How long after its return a thing is left alone: it has to start and to catch up. */
  private static final long REST_MILLIS = 12_000;

  private final RandomGenerator random;
  private final ChaosSize size;
  private final List<Act> acts = new ArrayList<>();

  private Plan(RandomGenerator random, ChaosSize size) {
    this.random = random;
    this.size = size;
  }

  /** The acts in the order of their time. */
  static List<Act> draw(RandomGenerator random, ChaosSize size) {
    var plan = new Plan(random, size);
    plan.schedule();
    return plan.acts.stream().sorted(Comparator.comparingLong(Act::atMillis)).toList();
  }

  private void schedule() {
    long window = size.window().toMillis();
    long outage = window * (45 + random.nextInt(10)) / 100;
    acts.add(new Act(outage, Kind.STOP_DATABASE, 0, size.outage().toMillis()));
    acts.add(new Act(window * 30 / 100, Kind.EDIT_JOBS, 0, 0));
    acts.add(new Act(window * 15 / 100, Kind.DISABLE_JOBS, JOBS_AT_ONCE, window * 10 / 100));
    // Needs the longest time, so that a short window has room for it only at its begin.
    var wanted =
        new ArrayList<>(List.of(random.nextBoolean() ? Kind.SUSPEND_EXECUTOR : Kind.CUT_EXECUTOR));
    long latest = window - 4_000;
    for (long at = 3_000; at < latest; at += pause()) {
      if (wanted.isEmpty()) {
        wanted.addAll(shuffledKinds());
      }
      long now = at;
      // The first of those that are wanted which can be done now: each kind has its turn.
      wanted.stream()
          .map(kind -> drawn(kind, now))
          .filter(this::isPossible)
          .findFirst()
          .ifPresent(
              act -> {
                wanted.remove(act.kind());
                acts.add(act);
              });
    }
  }

  private List<Kind> shuffledKinds() {
    var kinds = new ArrayList<Kind>();
    for (var kind : Kind.values()) {
      for (int i = 0; i < kind.weight; i++) {
        kinds.add(random.nextInt(kinds.size() + 1), kind);
      }
    }
    return kinds;
  }

  private long pause() {
    return size.pauseSeconds() * (500L + random.nextInt(1000));
  }

  private Act drawn(Kind kind, long at) {
    int target =
        switch (kind.whom) {
          case SERVER -> random.nextInt(size.servers());
          case EXECUTOR -> random.nextInt(size.executors());
          case JOBS -> 1 + random.nextInt(JOBS_AT_ONCE);
          case ALL -> 0;
        };
    long silence = size.silence().toMillis() + random.nextInt(3_000);
    long forMillis =
        switch (kind) {
          case KILL_SERVER, KILL_EXECUTOR -> 1_000 + random.nextInt(7_000);
          case STOP_SERVER, DRAIN_EXECUTOR -> 6_000 + random.nextInt(4_000);
          case SUSPEND_SERVER -> 14_000 + random.nextInt(6_000);
          case SUSPEND_EXECUTOR, CUT_EXECUTOR -> silence;
          default -> 0;
        };
    return new Act(at, kind, target, forMillis);
  }

  private boolean isPossible(Act act) {
    if (act.kind().whom == Kind.Whom.JOBS) {
      return !isDatabaseAway(act.atMillis());
    }
    if (act.endMillis() > size.window().toMillis() + 3_000) {
      return false;
    }
    var others =
        acts.stream()
            .filter(a -> a.kind().whom == act.kind().whom)
            .filter(
                a -> a.atMillis() < act.endMillis() && act.atMillis() < a.endMillis() + REST_MILLIS)
            .map(Act::target)
            .distinct()
            .toList();
    if (others.contains(act.target())) {
      return false;
    }
    return act.kind().whom == Kind.Whom.SERVER
        ? others.size() + 1 < size.servers()
        : others.stream().filter(o -> isWorker(o) == isWorker(act.target())).count() + 1
            < group(isWorker(act.target()));
  }

  /** And for a while after it, until everybody has come back. */
  private boolean isDatabaseAway(long at) {
    return acts.stream()
        .filter(a -> a.kind() == Kind.STOP_DATABASE)
        .anyMatch(a -> at >= a.atMillis() - 3_000 && at < a.endMillis() + REST_MILLIS);
  }

  private boolean isWorker(int executor) {
    return executor >= size.ledgerExecutors();
  }

  private int group(boolean workers) {
    // A single worker may be hit too: its jobs wait for it.
    return workers ? Math.max(2, size.workers()) : size.ledgerExecutors();
  }
}
