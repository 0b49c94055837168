package io.oasis.it.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.oasis.it.harness.Await;
import io.oasis.it.harness.CuttableLink;
import io.oasis.it.harness.OwnedProcess;
import io.oasis.it.harness.Postgres;
import io.oasis.it.harness.Rest;
import io.oasis.it.harness.Server;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Servers on one PostgreSQL, executors, and the network between them, in one folder. */
final class Cluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String SERVER_JVM = "-Xmx320m -XX:TieredStopAtLevel=1";

  private final Path folder;
  private final Size size;
  private final Programs programs;
  private final Postgres postgres;
  private final List<Server> serverProcesses = new ArrayList<>();
  private final List<Actor> servers = new ArrayList<>();
  private final List<Actor> executors = new ArrayList<>();
  private final Map<Actor, List<CuttableLink>> links = new HashMap<>();
  private String session;

  /**
   * How many processes.
   *
   * @param ledgerExecutors executors of the SDK, for the app {@link ChaosJob#LEDGER_APP}
   * @param workers workers with scripts, for {@link ChaosJob#WORKER_APP}
   */
  record Size(int servers, int ledgerExecutors, int workers) {
    int executors() {
      return ledgerExecutors + workers;
    }
  }

  Cluster(Path folder, Size size) {
    this.folder = folder;
    this.size = size;
    this.programs = Programs.compile(folder);
    this.postgres = Postgres.create(folder);
    for (int i = 1; i <= size.servers(); i++) {
      var environment = new HashMap<>(postgres.environment());
      environment.put("OASIS_JAVA_OPTS", SERVER_JVM);
      var server = new Server(folder, "server-" + i, environment);
      serverProcesses.add(server);
      servers.add(new Actor("server " + i, server::launch));
    }
  }

  Postgres postgres() {
    return postgres;
  }

  List<Actor> servers() {
    return servers;
  }

  List<Actor> executors() {
    return executors;
  }

  List<Actor> actors() {
    var all = new ArrayList<>(servers);
    all.addAll(executors);
    return all;
  }

  Path folder() {
    return folder;
  }

  List<Path> serverLogs() {
    return serverProcesses.stream().map(Server::log).toList();
  }

  /** Where an executor notes what it does. */
  Path ledger(Actor executor) {
    return programs.ledger(executor.name());
  }

  /** Starts the servers; the first alone, because it makes the tables. */
  void startServers(long now) {
    servers.getFirst().want(now);
    serverProcesses.getFirst().awaitReady();
    servers.forEach(s -> s.want(now));
    serverProcesses.forEach(Server::awaitReady);
    var answer =
        Rest.anonymous(serverProcesses.getFirst().address())
            .post("/sessions", Map.of("username", Server.ADMIN, "password", Server.PASSWORD))
            .ok();
    session = answer.path("token").asText();
  }

  /** Starts the executors and waits until all are online. */
  void startExecutors(long now) {
    var tokens =
        List.of(ChaosJob.LEDGER_APP, ChaosJob.WORKER_APP).stream()
            .collect(Collectors.toMap(Function.identity(), this::newToken));
    for (int i = 0; i < size.executors(); i++) {
      boolean worker = i >= size.ledgerExecutors();
      var name = "executor-" + (i + 1);
      var own = serverProcesses.stream().map(s -> CuttableLink.to(s.port())).toList();
      var app = worker ? ChaosJob.WORKER_APP : ChaosJob.LEDGER_APP;
      var environment =
          Map.of(
              "OASIS_SERVER",
              own.stream().map(l -> "localhost:" + l.port()).collect(Collectors.joining(",")),
              "OASIS_APP",
              app,
              "OASIS_TOKEN",
              tokens.get(app),
              "OASIS_JAVA_OPTS",
              "-Xmx128m -XX:TieredStopAtLevel=1",
              "CHAOS_LEDGER",
              programs.ledger(name).toString());
      var command = worker ? programs.worker(name) : programs.ledgerExecutor(name);
      var log = folder.resolve(name + ".log");
      var actor = new Actor(name, () -> OwnedProcess.start(command, environment, folder, log));
      links.put(actor, own);
      executors.add(actor);
      actor.want(now);
    }
    Await.until("all executors to be online", PATIENCE, () -> online() == size.executors());
  }

  void cut(Actor executor) {
    links.get(executor).forEach(CuttableLink::cut);
  }

  /** Servers hear the executor no more, and it hears them. */
  void mute(Actor executor) {
    links.get(executor).forEach(CuttableLink::cutUpwards);
  }

  void mend(Actor executor) {
    links.get(executor).forEach(CuttableLink::mend);
  }

  /** Asks whichever server is in peace, again and again, as an operator would. */
  JsonNode ask(String what, Function<Rest, Rest.Answer> call) {
    var last = new String[] {"no server is in peace"};
    try {
      return Await.value(what, PATIENCE, () -> tryOnce(call, last));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ": " + last[0], e);
    }
  }

  private Optional<JsonNode> tryOnce(Function<Rest, Rest.Answer> call, String[] last) {
    for (int i = 0; i < servers.size(); i++) {
      if (!servers.get(i).isInPeace()) {
        continue;
      }
      try {
        var answer =
            call.apply(Rest.anonymous(serverProcesses.get(i).address()).withToken(session));
        if (answer.status() < 300) {
          return Optional.of(answer.body());
        }
        last[0] = answer.toString();
        if (answer.status() < 500 && answer.status() != 429) {
          throw new AssertionError("refused: " + answer);
        }
      } catch (UncheckedIOException e) {
        last[0] = e.toString();
      }
    }
    return Optional.empty();
  }

  /** The address of a server, as the servers' table and its log have it. */
  int port(Actor server) {
    return serverProcesses.get(servers.indexOf(server)).port();
  }

  /** Waits until a server that was started again is ready. */
  void awaitReady(Actor server) {
    serverProcesses.get(servers.indexOf(server)).awaitReady();
  }

  /** The executor that a node is; its id begins with its name. */
  Actor executor(String nodeId) {
    return executors.stream()
        .filter(e -> nodeId.startsWith(e.name() + "-"))
        .findFirst()
        .orElseThrow();
  }

  /** What all executors have noted so far. */
  List<Execution> executions() {
    return executors.stream().flatMap(e -> Execution.read(e, ledger(e)).stream()).toList();
  }

  private String newToken(String app) {
    return ask(
            "a token of " + app,
            r -> r.post("/tokens", Map.of("name", app, "kind", "EXECUTOR", "app", app)))
        .path("token")
        .asText();
  }

  int online() {
    int online = 0;
    for (var node : ask("the nodes", r -> r.get("/nodes")).path("items")) {
      online += node.path("state").asText().equals("ONLINE") ? 1 : 0;
    }
    return online;
  }

  @Override
  public void close() {
    executors.forEach(Actor::close);
    links.values().forEach(own -> own.forEach(CuttableLink::close));
    servers.forEach(Actor::close);
    postgres.close();
  }
}
