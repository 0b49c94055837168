package io.oasis.it.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.oasis.it.harness.Await;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The jobs that a test has on a cluster: makes them, starts them, and says what became of them. */
final class ClusterJobs {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String APP = ChaosJob.LEDGER_APP;
  private static final InstantSource CLOCK = InstantSource.system();

  private final Cluster cluster;

  ClusterJobs(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Far enough away that what is due then can be applied before. */
  static Instant soon() {
    return CLOCK.instant().plusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
  }

  /** A schedule that fires every second for so long, beginning {@link #soon}. */
  static String everySecond(int seconds) {
    var start = soon();
    return "{fixedRate: 1s, anchor: \"%s\", start: \"%s\", end: \"%s\"}"
        .formatted(start, start, start.plusSeconds(seconds));
  }

  static String job(String name, String schedule, String rest) {
    return """
    ---
    apiVersion: oasis/v1
    kind: Job
    metadata: {app: %s, name: %s}
    spec:
      schedule: %s
      handler: work
    %s
    """
        .formatted(APP, name, schedule, rest.indent(2).stripTrailing());
  }

  void apply(String... jobs) {
    var text = String.join("", jobs);
    cluster.ask("the apply", rest -> Director.apply(rest, text));
  }

  long trigger(String job) {
    return cluster
        .ask("a trigger", r -> r.post("/jobs/" + APP + "/" + job + "/runs", Map.of()))
        .path("id")
        .asLong();
  }

  void awaitRunning(long id) {
    Await.until(
        "run " + id + " to run", PATIENCE, () -> run(id).path("state").asText().equals("RUNNING"));
  }

  JsonNode awaitFinal(long id) {
    return Await.value(
        "the end of run " + id,
        PATIENCE,
        () -> Optional.of(run(id)).filter(r -> r.path("final").asBoolean()));
  }

  JsonNode run(long id) {
    return cluster.ask("run " + id, r -> r.get("/runs/" + id));
  }

  List<Execution> starts(long run) {
    return cluster.executions().stream()
        .filter(e -> e.who().run() == run)
        .sorted(Comparator.comparingLong(Execution::start))
        .toList();
  }

  List<Execution> executions(String job) {
    return cluster.executions().stream()
        .filter(e -> e.job().equals(APP + "/" + job))
        .sorted(Comparator.comparingLong(Execution::start))
        .toList();
  }

  /** The states that runs of a job are in. */
  Set<String> states(String job) {
    var sql = "SELECT r.state FROM run r JOIN job j ON j.uid = r.job_uid WHERE j.name = '%s'";
    return Set.copyOf(History.texts(cluster.postgres(), sql.formatted(job)));
  }
}
