package io.oasis.it.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One chaos run from its seed to its evidence. */
final class Chaos {
  private static final Duration LEAD = Duration.ofSeconds(8);
  private static final Duration SETTLE = Duration.ofSeconds(240);
  private static final long LOOK_MILLIS = 1_000;

  /** For so long no line of log may come, until all are taken to be there. */
  private static final int QUIET_LOOKS = 4;

  private final long seed;
  private final ChaosSize size;
  private final PrintStream out;
  private final InstantSource clock = InstantSource.system();

  Chaos(long seed, ChaosSize size, PrintStream out) {
    this.seed = seed;
    this.size = size;
    this.out = out;
  }

  /** Starts everything, plays the plan, lets it settle, and looks at what there is. */
  Outcome run(Path folder) {
    out.printf("chaos: seed %d, %d s, folder %s%n", seed, size.window().toSeconds(), folder);
    var plan = Plan.draw(new Random(seed), size);
    plan.forEach(act -> out.println("  plan " + act));
    var jobs = new JobFleet(new Random(~seed), size).draw();
    try (var cluster = new Cluster(folder, size.cluster())) {
      cluster.startServers(clock.millis());
      cluster.startExecutors(clock.millis());
      var start = clock.instant().plus(LEAD).truncatedTo(ChronoUnit.SECONDS);
      var fleet = new Director.Fleet(jobs, start, start.plus(size.window()));
      var text = JobFleet.manifests(jobs.values(), fleet.start(), fleet.end(), false);
      write(folder.resolve("jobs.yaml"), text);
      cluster.ask("the first apply", rest -> Director.apply(rest, text));
      var director = new Director(cluster, clock, new Random(seed ^ 0x5EED), fleet);
      try {
        director.play(plan);
        settle(cluster, director);
        return outcome(cluster, director, fleet);
      } finally {
        write(folder.resolve("diary.txt"), String.join("\n", director.diary()) + "\n");
      }
    }
  }

  /** Waits until nothing is due, nothing runs and no line of log is on its way. */
  private void settle(Cluster cluster, Director director) {
    var end = clock.instant().plus(SETTLE);
    long seen = -1;
    int quiet = 0;
    while (quiet < QUIET_LOOKS && clock.instant().isBefore(end)) {
      director.supervise();
      Director.pause(LOOK_MILLIS);
      long lines = History.logLines(cluster.postgres());
      boolean done =
          History.unfinishedJobs(cluster.postgres()).isEmpty()
              && History.active(cluster.postgres()) == 0
              && cluster.actors().stream().allMatch(Actor::isInPeace);
      quiet = done && lines == seen ? quiet + 1 : 0;
      seen = lines;
    }
  }

  private Outcome outcome(Cluster cluster, Director director, Director.Fleet fleet) {
    var history = History.read(cluster.postgres());
    var evidence =
        new Evidence(
            fleet, history, cluster.executions(), director.disabled(), proof(cluster, fleet));
    var outcome = Outcome.judge(seed, evidence, cluster.serverLogs(), director.surprises());
    outcome.print(out, run -> History.events(cluster.postgres(), run));
    return outcome;
  }

  /** What {@code oasis verify} says of the window. */
  private static List<String> proof(Cluster cluster, Director.Fleet fleet) {
    var window = "?from=%s&to=%s".formatted(fleet.start(), fleet.end());
    var answer = cluster.ask("the proof of the ledger", r -> r.get("/verify" + window));
    var wrong = new ArrayList<String>();
    answer.path("findings").forEach(finding -> wrong.add(finding.toString()));
    if (answer.path("nominalTimes").asLong() == 0) {
      wrong.add("it counted no nominal time: " + answer);
    }
    return wrong;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
