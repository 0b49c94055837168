package io.oasis.it.chaos;

import io.oasis.it.harness.Rest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Carries a plan out: does each act at its time, undoes it, and starts again what should run. */
final class Director {
  private static final long LOOK_MILLIS = 250;

  /** A server that finds no database ends; for so long after an outage that is no surprise. */
  private static final long AFTER_OUTAGE_MILLIS = 30_000;

  private final Cluster cluster;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Fleet fleet;
  private final List<String> diary = new ArrayList<>();
  private final List<String> surprises = new ArrayList<>();
  private final List<String> disabled = new ArrayList<>();
  private final Map<Act, Disabling> disablings = new HashMap<>();
  private final List<Future<?>> errands = new ArrayList<>();
  private ExecutorService operator;
  private long databaseAwaySince;
  private long databaseBackAt;

  /**
   * The jobs and when they fire.
   *
   * @param jobs by key
   */
  record Fleet(Map<String, ChaosJob> jobs, Instant start, Instant end) {}

  Director(Cluster cluster, InstantSource clock, RandomGenerator random, Fleet fleet) {
    this.cluster = cluster;
    this.clock = clock;
    this.random = random;
    this.fleet = fleet;
  }

  /** Something to do at a time. */
  private record Cue(long atMillis, Runnable what) {}

  /** Plays the plan and waits for the end of the window. */
  void play(List<Act> plan) {
    var cues = new ArrayList<Cue>();
    for (var act : plan) {
      cues.add(new Cue(act.atMillis(), () -> begin(act)));
      if (act.forMillis() > 0) {
        cues.add(new Cue(act.endMillis(), () -> undo(act)));
      }
    }
    cues.add(
        new Cue(Duration.between(fleet.start, fleet.end).toMillis(), () -> note("window ends")));
    cues.sort(Comparator.comparingLong(Cue::atMillis));
    try (ExecutorService operator = Executors.newVirtualThreadPerTaskExecutor()) {
      this.operator = operator;
      for (var cue : cues) {
        pauseUntil(fleet.start.toEpochMilli() + cue.atMillis);
        cue.what.run();
      }
    }
    errands.forEach(Director::finish);
  }

  /** Everything that was done, with its time. */
  List<String> diary() {
    return diary;
  }

  /** Processes that ended without having been asked to. */
  List<String> surprises() {
    return surprises;
  }

  /** Jobs that were disabled for a while. */
  Set<String> disabled() {
    return Set.copyOf(disabled);
  }

  void supervise() {
    long now = clock.millis();
    for (var actor : cluster.actors()) {
      boolean noDatabase =
          databaseAwaySince > 0
              && (databaseBackAt == 0 || now - databaseBackAt < AFTER_OUTAGE_MILLIS);
      if (actor.supervise(now)) {
        note(actor.name() + " had ended: started again");
        if (!noDatabase || !cluster.servers().contains(actor)) {
          surprises.add(actor.name() + " ended without having been asked to");
        }
      }
    }
  }

  private void begin(Act act) {
    note(act.toString().strip());
    long now = clock.millis();
    switch (act.kind()) {
      case KILL_SERVER, KILL_EXECUTOR -> actor(act).kill(now);
      case STOP_SERVER, DRAIN_EXECUTOR -> actor(act).terminate();
      case SUSPEND_SERVER, SUSPEND_EXECUTOR -> actor(act).suspend(now);
      case CUT_EXECUTOR -> {
        actor(act).begin(Actor.What.CUT, now);
        cluster.cut(actor(act));
      }
      case STOP_DATABASE -> {
        databaseAwaySince = now;
        cluster.postgres().stopImmediately();
      }
      case EDIT_JOBS -> errand(this::edit);
      case DISABLE_JOBS -> {
        var jobs = pickJobs(act.target());
        disablings.put(act, new Disabling(jobs, errand(jobs, this::disable)));
      }
      case KILL_RUNS -> errand(() -> killRuns(act.target()));
      case TRIGGER_JOBS -> errand(pickJobs(act.target()), this::trigger);
    }
  }

  private void undo(Act act) {
    note("undo: " + act.toString().strip());
    switch (act.kind()) {
      case KILL_SERVER, KILL_EXECUTOR -> actor(act).want(clock.millis());
      case STOP_SERVER, DRAIN_EXECUTOR -> {
        actor(act).awaitEnd();
        actor(act).want(clock.millis());
      }
      case SUSPEND_SERVER, SUSPEND_EXECUTOR -> actor(act).resume(clock.millis());
      case CUT_EXECUTOR -> {
        cluster.mend(actor(act));
        actor(act).end(Actor.What.CUT, clock.millis());
      }
      case STOP_DATABASE -> {
        cluster.postgres().start();
        databaseBackAt = clock.millis();
      }
      case DISABLE_JOBS -> {
        var disabling = disablings.get(act);
        errand(
            () -> {
              // On a slow machine it may still be under way; what is disabled later stays so.
              finish(disabling.done);
              disabling.jobs.forEach(this::enable);
            });
      }
      case EDIT_JOBS, KILL_RUNS, TRIGGER_JOBS -> throw new IllegalStateException("nothing to undo");
    }
  }

  private Actor actor(Act act) {
    var actors = act.kind().whom == Act.Kind.Whom.SERVER ? cluster.servers() : cluster.executors();
    return actors.get(act.target());
  }

  /** What an operator does takes its time; the plan goes on meanwhile. */
  private Future<?> errand(Runnable what) {
    var errand = operator.submit(what);
    errands.add(errand);
    return errand;
  }

  private Future<?> errand(List<String> jobs, Consumer<String> what) {
    return errand(() -> jobs.forEach(what));
  }

  /** Jobs that are switched off, one after the other, and when that is done. */
  private record Disabling(List<String> jobs, Future<?> done) {}

  private List<String> pickJobs(int count) {
    var keys = List.copyOf(fleet.jobs.keySet());
    return random.ints(count, 0, keys.size()).mapToObj(keys::get).distinct().toList();
  }

  private void edit() {
    var text = JobFleet.manifests(fleet.jobs.values(), fleet.start, fleet.end, true);
    cluster.ask("the edit", rest -> apply(rest, text));
  }

  static Rest.Answer apply(Rest rest, String text) {
    var files = List.of(Map.of("name", "jobs.yaml", "content", text));
    return rest.post("/apply", Map.of("files", files, "source", "chaos"));
  }

  private void disable(String job) {
    cluster.ask("disable", r -> r.post("/jobs/" + job + "/disable", Map.of("reason", "chaos")));
    synchronized (disabled) {
      disabled.add(job);
    }
    note("disabled " + job);
  }

  private void enable(String job) {
    cluster.ask("enable", r -> r.post("/jobs/" + job + "/enable", Map.of("reason", "chaos")));
    note("enabled " + job);
  }

  private void trigger(String job) {
    var key = "chaos-" + clock.millis();
    cluster.ask(
        "trigger",
        rest -> {
          var answer = rest.post("/jobs/" + job + "/runs", Map.of("idempotencyKey", key));
          // A full queue refuses it, in words; that is an answer, too.
          return answer.status() == 409 ? new Rest.Answer(200, answer.body()) : answer;
        });
    note("triggered " + job);
  }

  private void killRuns(int count) {
    var running = cluster.ask("running runs", r -> r.get("/runs?state=RUNNING&limit=" + count));
    for (var run : running.path("items")) {
      long id = run.path("id").asLong();
      cluster.ask(
          "kill",
          rest -> {
            var answer = rest.post("/runs/" + id + "/cancel", Map.of("reason", "chaos"));
            // It may have ended meanwhile.
            return answer.status() == 409 ? new Rest.Answer(200, answer.body()) : answer;
          });
      note("killed run " + id);
    }
  }

  private void note(String what) {
    synchronized (diary) {
      double at = (clock.millis() - fleet.start.toEpochMilli()) / 1000.0;
      diary.add("%s %6.1f s  %s".formatted(clock.instant(), at, what));
    }
  }

  private void pauseUntil(long millis) {
    while (clock.millis() < millis) {
      supervise();
      pause(Math.min(LOOK_MILLIS, Math.max(1, millis - clock.millis())));
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void finish(Future<?> errand) {
    try {
      errand.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException e) {
      throw new AssertionError("an operator's command failed: " + e.getCause().getMessage(), e);
    }
  }
}
