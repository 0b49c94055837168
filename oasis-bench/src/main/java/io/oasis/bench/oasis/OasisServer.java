package io.oasis.bench.oasis;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.machine.Child;
import io.oasis.bench.machine.Pause;
import io.oasis.bench.postgres.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One server process, started by the script that users start it with. */
public final class OasisServer implements AutoCloseable {
  /** The password of its administrator. */
  static final String PASSWORD = "correct-horse-battery";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_MILLIS = 10;

  private final Child process;
  private final String address;
  private final double readySeconds;

  private OasisServer(Child process, String address, double readySeconds) {
    this.process = process;
    this.address = address;
    this.readySeconds = readySeconds;
  }

  /**
   * Starts it and waits until it says that it is ready.
   *
   * @param root the checkout, in which it is built
   * @param log where it writes to
   */
  public static OasisServer start(Path root, Database database, Path log) {
    Path script = root.resolve("bin/oasis-server");
    if (!Files.exists(root.resolve("oasis-server/target/quarkus-app/quarkus-run.jar"))) {
      throw new BenchException("the server is not built in " + root + "; run make build");
    }
    int port = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("OASIS_HTTP_PORT", String.valueOf(port));
    environment.put("OASIS_DB_URL", database.url());
    environment.put("OASIS_DB_USER", Database.USER);
    environment.put("OASIS_DB_PASSWORD", "none");
    environment.put("OASIS_ADMIN_PASSWORD", PASSWORD);
    long begun = System.nanoTime();
    Child process = Child.start(List.of(script.toString()), environment, log, Child.Output.TO_LOG);
    String address = "http://127.0.0.1:" + port;
    while (!accepts(port) || !Api.isReady(address)) {
      if (!process.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
        process.close();
        throw new BenchException("the server does not start; " + log + " says more");
      }
      Pause.millis(LOOK_MILLIS);
    }
    return new OasisServer(process, address, (System.nanoTime() - begun) / 1e9);
  }

  /** Where its REST API and its executors' channel are. */
  public String address() {
    return address;
  }

  /** From the start of the process to its first answer that it is ready. */
  public double readySeconds() {
    return readySeconds;
  }

  /** The process. */
  public Child process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }

  /** Cheaper than a request, so that the start is not slowed down by asking for its end. */
  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchException("there is no free port", e);
    }
  }
}
