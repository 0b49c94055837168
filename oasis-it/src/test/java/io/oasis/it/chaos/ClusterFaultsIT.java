package io.oasis.it.chaos;

import static io.oasis.it.chaos.ClusterJobs.everySecond;
import static io.oasis.it.chaos.ClusterJobs.job;
import static io.oasis.it.chaos.ClusterJobs.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Await;
import io.oasis.it.harness.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One fault at a time on a cluster of 3 servers and 5 executors: what chaos does at random. */
class ClusterFaultsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration SHORT_LOOK = Duration.ofMillis(10);
  private static final String APP = ChaosJob.LEDGER_APP;
  private static final InstantSource CLOCK = InstantSource.system();

  private static Cluster cluster;
  private static ClusterJobs jobs;

  @BeforeAll
  static void start() {
    cluster = new Cluster(Platform.newFolder(ClusterFaultsIT.class), new Cluster.Size(3, 5, 0));
    jobs = new ClusterJobs(cluster);
    cluster.startServers(CLOCK.millis());
    cluster.startExecutors(CLOCK.millis());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** The next test finds everybody there. */
  @AfterEach
  void mend() {
    cluster.actors().forEach(a -> a.want(CLOCK.millis()));
    cluster.servers().forEach(cluster::awaitReady);
    Await.until("all executors to be online", PATIENCE, () -> cluster.online() == 5);
  }

  @Test
  @DisplayName(
      "BK1: a 3 s job fired every second by 3 servers on 5 executors never runs twice at once, and"
          + " in order")
  void serialJobNeverOverlaps() {
    var start = soon();
    var end = start.plusSeconds(12);
    jobs.apply(
        job(
            "serial",
            "{cron: \"* * * * * ?\", start: \"%s\", end: \"%s\"}".formatted(start, end),
            "params: {ms: \"3000\"}\nmisfire: {grace: 5m}\nblocking: {strategy: serial, queue: 100}"));

    Await.until("all 12 to end", PATIENCE, () -> jobs.states("serial").equals(Set.of("SUCCEEDED")));

    var done = jobs.executions("serial");
    assertThat(done).hasSize(12);
    assertThat(done.stream().map(Execution::executor).distinct().count()).isGreaterThan(1);
    for (int i = 1; i < done.size(); i++) {
      assertThat(done.get(i).start())
          .as("%s after %s", done.get(i), done.get(i - 1))
          .isGreaterThanOrEqualTo(done.get(i - 1).end().orElseThrow().at());
      assertThat(done.get(i).nominal()).isGreaterThan(done.get(i - 1).nominal());
    }
  }

  @Test
  @DisplayName(
      "FN2: kill -9 of the server that has claimed 60 runs, before it hands them over, loses none"
          + " and doubles none")
  void serverDiesBetweenClaimAndHandOver() throws SQLException {
    int many = 60;
    var at = soon();
    jobs.apply(
        IntStream.range(0, many)
            .mapToObj(
                i -> job("claimed-" + i, "{at: \"%s\"}".formatted(at), "params: {ms: \"10\"}"))
            .toArray(String[]::new));
    long handedOver;
    // A hand-over writes slots, a claim does not: however slow it is, there is time between them.
    try (var lock = cluster.postgres().connect()) {
      lock.setAutoCommit(false);
      lock.createStatement().execute("LOCK TABLE slot IN SHARE MODE");

      awaitClaim(at).kill(CLOCK.millis());
      handedOver =
          count(
              "SELECT count(*) FROM run WHERE nominal_at = '%s' AND dispatched_at IS NOT NULL", at);
    }
    Await.until(
        "all of them to end",
        PATIENCE,
        () ->
            many
                == count(
                    "SELECT count(*) FROM run WHERE nominal_at = '%s' AND state = 'SUCCEEDED'",
                    at));

    assertThat(handedOver).as("runs that were handed over before the server died").isZero();
    assertThat(count("SELECT count(*) FROM run WHERE nominal_at = '%s'", at)).isEqualTo(many);
    var done = cluster.executions().stream().filter(e -> e.job().contains("/claimed-")).toList();
    assertThat(done).hasSize(many);
    assertThat(done).extracting(Execution::job).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName(
      "FN6: within 20 s of the last heartbeat of an executor that kill -9 ends, its runs are lost:"
          + " they go on elsewhere as the next attempt, or end when the job says onLost: fail")
  void executorDies() {
    jobs.apply(
        job(
            "again",
            "none",
            "params: {gate: \"%s\"}\n".formatted(gate("executor-died"))
                + "blocking: {strategy: parallel, max: 50}\n"
                + "retry: {max: 2, backoff: 1s, onLost: retry}"),
        job(
            "never-again",
            "none",
            "params: {gate: \"%s\"}\n".formatted(gate("executor-died"))
                + "blocking: {strategy: parallel, max: 50}\n"
                + "retry: {max: 2, backoff: 1s, onLost: fail}"),
        job(
            LossTimes.PULSE,
            everySecond(60),
            "params: {ms: \"10\"}\nblocking: {strategy: parallel, max: 50}"));
    var again = LongStream.range(0, 10).map(i -> jobs.trigger("again")).boxed().toList();
    var never = LongStream.range(0, 10).map(i -> jobs.trigger("never-again")).boxed().toList();
    again.forEach(jobs::awaitRunning);
    never.forEach(jobs::awaitRunning);
    var nodes = new HashMap<Long, Actor>();
    Stream.concat(again.stream(), never.stream())
        .forEach(id -> nodes.put(id, cluster.executor(jobs.run(id).path("node").asText())));
    var victim =
        again.stream()
            .map(nodes::get)
            .filter(node -> never.stream().anyMatch(id -> nodes.get(id) == node))
            .findFirst()
            .orElseThrow();
    var hit =
        nodes.keySet().stream().filter(id -> nodes.get(id) == victim).collect(Collectors.toSet());
    var node = jobs.run(hit.iterator().next()).path("node").asText();

    victim.kill(CLOCK.millis());
    open("executor-died");

    assertThat(hit).containsAnyElementsOf(again).containsAnyElementsOf(never);
    for (long id : again) {
      var run = jobs.awaitFinal(id);
      assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("SUCCEEDED");
      assertThat(run.path("attempt").asInt())
          .as(run.toPrettyString())
          .isEqualTo(hit.contains(id) ? 2 : 1);
      assertThat(cluster.executor(run.path("node").asText())).isNotSameAs(victim);
    }
    for (long id : never) {
      var run = jobs.awaitFinal(id);
      assertThat(run.path("attempt").asInt()).as(run.toPrettyString()).isEqualTo(1);
      assertThat(run.path("state").asText())
          .as(run.toPrettyString())
          .isIn(hit.contains(id) ? List.of("LOST", "FAILED") : List.of("SUCCEEDED"));
    }
    new LossTimes(cluster).assertInTime(node, hit);
  }

  @Test
  @DisplayName(
      "FN8: when the server that holds its stream dies, the executor goes to another and keeps its"
          + " run: same epoch, no second start")
  void serverOfARunDies() {
    jobs.apply(
        job(
            "kept",
            "none",
            "params: {ms: \"8000\", lines: \"15\", gate: \"%s\"}".formatted(gate("moved"))));
    long id = jobs.trigger("kept");
    jobs.awaitRunning(id);
    var node = jobs.run(id).path("node").asText();
    var holder = serverOf(node).orElseThrow();

    holder.kill(CLOCK.millis());
    Await.until(
        "the executor to be at another server",
        PATIENCE,
        () -> serverOf(node).filter(s -> s != holder).isPresent());
    var between = jobs.run(id);
    open("moved");
    var run = jobs.awaitFinal(id);

    assertThat(between.path("attempt").asInt()).isEqualTo(1);
    assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("SUCCEEDED");
    var done = jobs.starts(id);
    assertThat(done).as(run.toPrettyString()).hasSize(1);
    assertThat(done.getFirst().who().epoch()).isEqualTo(1);
    assertNumberedLines(id, 15);
  }

  @Test
  @DisplayName(
      "FN9: while the database is away for 60 s nothing fires and running work goes on; afterwards"
          + " results and logs are there and nobody is lost")
  void databaseIsAway() {
    jobs.apply(
        job("fires", everySecond(100), "params: {ms: \"20\"}"),
        job(
            "ends-meanwhile",
            "none",
            "params: {ms: \"8000\", lines: \"40\", gate: \"%s\"}\nretry: {max: 2, backoff: 1s}"
                .formatted(gate("away"))),
        job(
            "ends-later",
            "none",
            "params: {ms: \"30000\", lines: \"80\", gate: \"%s\"}\nretry: {max: 2, backoff: 1s}"
                .formatted(gate("back"))));
    long meanwhile = jobs.trigger("ends-meanwhile");
    long later = jobs.trigger("ends-later");
    jobs.awaitRunning(meanwhile);
    jobs.awaitRunning(later);

    cluster.postgres().stopImmediately();
    long away = CLOCK.millis();
    open("away");
    // Longer than every lease (10 s of servers, 15 s of nodes), and than a pool waits for
    // connections.
    Await.until("the outage to last", PATIENCE, () -> CLOCK.millis() - away > 60_000);
    long back = CLOCK.millis();
    cluster.postgres().start();
    open("back");

    for (long id : List.of(meanwhile, later)) {
      var run = jobs.awaitFinal(id);
      assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("SUCCEEDED");
      assertThat(run.path("attempt").asInt()).as(run.toPrettyString()).isEqualTo(1);
      assertNumberedLines(id, id == meanwhile ? 40 : 80);
    }
    assertThat(jobs.executions("fires"))
        .as("starts while the database was away, but for what was handed over just before")
        .noneMatch(e -> e.start() > away + 8_000 && e.start() < back);
    assertThat(cluster.executions().stream().filter(e -> e.who().run() == later)).hasSize(1);
  }

  @Test
  @DisplayName(
      "FN7, FN10: a run whose accept is lost in a cut network starts again elsewhere only when the"
          + " executor that is cut off has stopped it")
  void acceptIsLost() {
    jobs.apply(
        job(
            "muted",
            "none",
            "params: {ms: \"30000\"}\n"
                + "routing: failover\n"
                + "retry: {max: 1, backoff: 1s, onLost: retry}"));
    var first = cluster.executors().getFirst();
    cluster.mute(first);

    long id = jobs.trigger("muted");
    Await.until("the run to start twice", PATIENCE, () -> jobs.starts(id).size() == 2);
    cluster.mend(first);
    var run = jobs.awaitFinal(id);

    var starts = jobs.starts(id);
    assertThat(starts.getFirst().executor()).isSameAs(first);
    assertThat(starts.getLast().executor()).isNotSameAs(first);
    assertThat(starts.getLast().start())
        .as(starts.toString())
        .isGreaterThanOrEqualTo(starts.getFirst().end().orElseThrow().at());
    assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("SUCCEEDED");
    assertThat(jobs.starts(id)).hasSize(2);
  }

  @Test
  @DisplayName(
      "KL7: restarting every executor one after the other by SIGTERM fails no run; what is longer"
          + " than the drain is handed back as DRAINED")
  void rollingRestartFailsNothing() {
    var start = soon();
    jobs.apply(
        job(
            "short",
            "{fixedRate: 1s, anchor: \"%s\", start: \"%s\"}".formatted(start, start),
            "params: {ms: \"700\"}\nblocking: {strategy: parallel, max: 5}"),
        job(
            "long",
            "none",
            "params: {gate: \"%s\"}\nblocking: {strategy: parallel, max: 20}"
                .formatted(gate("restarted"))));
    var longs = LongStream.range(0, 5).map(i -> jobs.trigger("long")).boxed().toList();
    longs.forEach(jobs::awaitRunning);

    for (var executor : cluster.executors()) {
      executor.terminate();
      executor.awaitEnd();
      executor.want(CLOCK.millis());
      Await.until("it to be online again", PATIENCE, () -> cluster.online() == 5);
    }
    open("restarted");
    cluster.ask("disable", r -> r.post("/jobs/" + APP + "/short/disable", Map.of()));

    for (long id : longs) {
      var run = jobs.awaitFinal(id);
      assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("SUCCEEDED");
    }
    assertThat(longs)
        .anySatisfy(id -> assertThat(jobs.run(id).path("attempts").toString()).contains("DRAINED"));
    Await.until("the short ones to end", PATIENCE, () -> History.active(cluster.postgres()) == 0);
    assertThat(jobs.states("short")).doesNotContain("FAILED", "LOST", "TIMED_OUT", "KILLED");
    assertThat(jobs.executions("short")).hasSizeGreaterThan(10);
  }

  /**
   * Waits until the runs of a time are claimed, which is shortly before it, and returns by whom.
   */
  private static Actor awaitClaim(Instant at) {
    var owners =
        "SELECT s.address FROM run r JOIN server s ON s.id = r.owner_server WHERE r.nominal_at = '%s'"
            .formatted(at);
    var end = at.plus(PATIENCE);
    while (CLOCK.instant().isBefore(end)) {
      var found = History.texts(cluster.postgres(), owners);
      if (!found.isEmpty()) {
        return server(found.getFirst());
      }
      Director.pause(SHORT_LOOK.toMillis());
    }
    throw new AssertionError("nobody claims what is due at " + at);
  }

  /** A file without which runs that name it as their gate do not end. */
  private static Path gate(String name) {
    return cluster.folder().resolve("gate-" + name);
  }

  private static void open(String name) {
    try {
      Files.createFile(gate(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server that holds the stream of a node that is online. */
  private static Optional<Actor> serverOf(String node) {
    var sql =
        "SELECT s.address FROM node n JOIN server s ON s.id = n.server_id WHERE n.id = '%s' AND n.state = 'ONLINE'"
            .formatted(node);
    return History.texts(cluster.postgres(), sql).stream().map(ClusterFaultsIT::server).findFirst();
  }

  private static Actor server(String address) {
    return cluster.servers().stream()
        .filter(s -> address.endsWith(":" + cluster.port(s)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no server has the address " + address));
  }

  private static long count(String sql, Instant at) {
    return Long.parseLong(History.texts(cluster.postgres(), sql.formatted(at)).getFirst());
  }

  private static void assertNumberedLines(long id, int lines) {
    var expected = IntStream.rangeClosed(1, lines).mapToObj(i -> "line " + i).toList();
    var texts =
        Await.value(
            "all lines of run " + id,
            PATIENCE,
            () ->
                Optional.of(
                        cluster
                            .ask("its log", r -> r.get("/runs/" + id + "/log?limit=500"))
                            .path("lines")
                            .findValuesAsText("text"))
                    .filter(found -> found.size() >= lines));
    assertThat(texts).containsExactlyElementsOf(expected);
  }
}
