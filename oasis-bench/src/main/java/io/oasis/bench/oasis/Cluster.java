package io.oasis.bench.oasis;

import io.oasis.bench.executor.BenchExecutor;
import io.oasis.bench.machine.BenchException;
import io.oasis.bench.machine.Child;
import io.oasis.bench.postgres.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Servers and executors on one database, each a process. */
public final class Cluster implements AutoCloseable {
  /** The app of all jobs. */
  static final String APP = "bench";

  private final Path folder;
  private final Database database;
  private final List<OasisServer> servers = new ArrayList<>();
  private final List<Child> executors = new ArrayList<>();
  private Api api;

  private Cluster(Path folder, Database database) {
    this.folder = folder;
    this.database = database;
  }

  /**
   * How big it is.
   *
   * @param servers how many server processes
   * @param executors how many executor processes; each dials another server first
   * @param slots runs that each executor takes at once
   */
  public record Size(int servers, int executors, int slots) {}

  /**
   * Starts all of it; returns when every executor is connected.
   *
   * @param root the checkout, in which everything is built
   * @param folder for logs and for files that are exchanged
   */
  public static Cluster start(Path root, Database database, Path folder, Size size) {
    Cluster cluster = new Cluster(folder, database);
    try {
      for (int i = 0; i < size.servers; i++) {
        cluster.servers.add(OasisServer.start(root, database, folder.resolve("server.log")));
      }
      cluster.api = Api.signIn(cluster.servers.getFirst().address(), "admin", OasisServer.PASSWORD);
      cluster.apply(Templates.manifest());
      String token = cluster.executorToken();
      for (int i = 0; i < size.executors; i++) {
        cluster.executors.add(cluster.executor(token, size.slots, i));
      }
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The REST API of the first server. */
  public Api api() {
    return api;
  }

  /** Where everything is kept. */
  public Database database() {
    return database;
  }

  /** Its servers, in the order in which they were started. */
  public List<OasisServer> servers() {
    return servers;
  }

  /** Its executors. */
  public List<Child> executors() {
    return executors;
  }

  /** Applies a manifest. */
  public void apply(String manifest) {
    api.post("/apply", Map.of("files", List.of(Map.of("name", "bench.yaml", "content", manifest))));
  }

  /** How often handlers were called since the calls were taken last. */
  public long called() {
    return executors.stream().mapToLong(e -> Long.parseLong(e.ask("count"))).sum();
  }

  /** All calls since they were taken last. */
  public List<Call> takeCalls() {
    List<Call> calls = new ArrayList<>();
    for (Child executor : executors) {
      Path file = folder.resolve("calls-" + executor.pid() + ".txt");
      executor.ask("take " + file);
      calls.addAll(Call.read(file));
    }
    return calls;
  }

  private String executorToken() {
    return api.post("/tokens", Map.of("name", "bench", "kind", "EXECUTOR", "app", APP))
        .path("token")
        .asText();
  }

  private Child executor(String token, int slots, int number) {
    // Each dials another server first.
    List<String> addresses = new ArrayList<>(servers.stream().map(OasisServer::address).toList());
    Collections.rotate(addresses, -number);
    Child child =
        Child.startJava(
            List.of("-XX:+UseParallelGC", "-Xmx256m"),
            List.of(BenchExecutor.class.getName(), String.valueOf(slots)),
            Map.of(
                "OASIS_SERVER", addresses.stream().collect(Collectors.joining(",")),
                "OASIS_APP", APP,
                "OASIS_TOKEN", token),
            folder.resolve("executor.log"));
    if (!child.readLine().equals("connected")) {
      throw new BenchException("the executor does not connect; its log is in " + folder);
    }
    return child;
  }

  @Override
  public void close() {
    executors.forEach(Child::close);
    servers.forEach(OasisServer::close);
  }
}
