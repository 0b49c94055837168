package io.oasis.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A server with a data folder and a port that stay over restarts; with its own PostgreSQL, unless
 * its environment names another.
 */
public final class Server implements AutoCloseable {
  public static final String ADMIN = "admin";
  public static final String PASSWORD = "correct-horse-battery";
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(90);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path folder;
  private final String name;
  private final Map<String, String> environment;
  private final int port;
  private OwnedProcess process;

  Server(Path folder, Map<String, String> environment) {
    this(folder, "server", environment);
  }

  /**
   * A server that does not run yet.
   *
   * @param name of its log
   * @param environment on top of what every server of a test is told
   */
  public Server(Path folder, String name, Map<String, String> environment) {
    this.folder = folder;
    this.name = name;
    this.environment = Map.copyOf(environment);
    this.port = freePort();
  }

  /** Starts it and waits until it is ready. */
  public void start() {
    launch();
    awaitReady();
  }

  /** Starts it and does not wait. */
  public OwnedProcess launch() {
    var all = new HashMap<>(environment);
    all.put("OASIS_HTTP_PORT", String.valueOf(port));
    all.put("OASIS_DATA_DIR", data().toString());
    all.put("OASIS_ADMIN_PASSWORD", PASSWORD);
    process =
        OwnedProcess.start(
            List.of(Checkout.script("oasis-server", "oasis-server").toString()),
            all,
            folder,
            log());
    return process;
  }

  /** Waits until it is ready; an {@link AssertionError} when it ends before. */
  public void awaitReady() {
    Await.until("the server to be ready\n" + log(), START, () -> failIfDead() && isReady(port));
  }

  /** Does it run? */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Sends a signal, such as STOP. */
  public void signal(String signal) {
    process.signal(signal);
  }

  /** As {@code kill -9}: the server is gone, its PostgreSQL is not. */
  public void kill9() {
    process.kill9();
  }

  /** SIGTERM, and waits for the end. */
  public void stop() {
    process.stop(STOP);
  }

  public int port() {
    return port;
  }

  public String address() {
    return "http://localhost:" + port;
  }

  public Path data() {
    return folder.resolve("data");
  }

  public Path log() {
    return folder.resolve(name + ".log");
  }

  /** What it has logged since its first start. */
  public String output() {
    return process.output();
  }

  /** The API, signed in as the administrator. */
  public Rest rest() {
    return Rest.anonymous(address()).signIn(ADMIN, PASSWORD);
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    killPostgres(data());
  }

  /** Does the server on this port say that it is ready? */
  public static boolean isReady(int port) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/q/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      var response = HTTP.send(request, HttpResponse.BodyHandlers.discarding());
      return response.statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /**
   * A port that nobody listens on. It lies below those that Linux gives to outgoing connections, so
   * that none of these takes it while a server is away.
   */
  public static int freePort() {
    for (int i = 0; i < 1_000; i++) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
      try (var socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: another one.
      }
    }
    throw new IllegalStateException("no port is free");
  }

  /** The PostgreSQL process of a data folder, if one runs. */
  public static Optional<ProcessHandle> postgres(Path data) {
    var pidFile = data.resolve("postgres/postmaster.pid");
    if (!Files.isRegularFile(pidFile)) {
      return Optional.empty();
    }
    try {
      var lines = Files.readAllLines(pidFile);
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
              .filter(ProcessHandle::isAlive);
    } catch (NoSuchFileException e) {
      // It has ended in this moment.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the PostgreSQL of a data folder whose server is gone. */
  public static void killPostgres(Path data) {
    postgres(data)
        .ifPresent(
            postmaster -> {
              postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
              postmaster.destroyForcibly();
            });
  }

  private boolean failIfDead() {
    if (!process.isAlive()) {
      throw new AssertionError("the server ended while it started:\n" + output());
    }
    return true;
  }
}
