package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Await;
import io.oasis.it.harness.Checkout;
import io.oasis.it.harness.Cli;
import io.oasis.it.harness.OwnedProcess;
import io.oasis.it.harness.Platform;
import io.oasis.it.harness.Rest;
import io.oasis.it.harness.Server;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code make run}, started and stopped as from a terminal. */
class MakeRunIT {
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofMinutes(3);
  private static final int SECONDS = 20;
  private static final String LAST_LINE_OF_BANNER = "Ctrl-C stops everything";

  private Path folder;
  private int port;
  private int starts;
  private OwnedProcess make;

  @BeforeEach
  void choosePlace() {
    folder = Platform.newFolder(MakeRunIT.class);
    port = Server.freePort();
  }

  @AfterEach
  void endEverything() {
    if (make != null) {
      make.close();
    }
    for (var part : List.of("worker", "server")) {
      pidOf(part).ifPresent(ProcessHandle::destroyForcibly);
    }
    Server.killPostgres(data());
  }

  @Test
  @DisplayName("the first make run ends in a console with firing jobs, the second finds them again")
  void secondStartFindsEverythingAgain() throws IOException {
    startAndAwaitBanner();
    var password = passwordInBanner();
    var rest = Rest.anonymous(address()).signIn("admin", password);
    awaitSucceededRun(rest, "examples/first-look");
    var jobs = rest.get("/jobs?limit=100").ok().path("items").size();
    assertThat(jobs).isEqualTo(8);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data().resolve("admin-password"))))
        .isEqualTo("rw-------");
    var again =
        cli()
            .call("apply", "-f", Checkout.path("docs/examples").toString(), "--source", "examples");
    assertThat(again.ok().all()).contains("unchanged").doesNotContain("created");

    Await.until(
        "a line of the worker's log",
        START,
        () -> make.output().contains("worker | ") && make.output().contains("SUCCEEDED"));

    interrupt();

    assertThat(Server.isReady(port)).isFalse();
    assertThat(Server.postgres(data())).isEmpty();
    assertThat(pidOf("worker")).isEmpty();

    startAndAwaitBanner();

    assertThat(passwordInBanner()).isEqualTo(password);
    rest = Rest.anonymous(address()).signIn("admin", password);
    assertThat(rest.get("/jobs?limit=100").ok().path("items")).hasSize(jobs);
    assertThat(rest.get("/runs?job=examples/first-look").ok().path("items")).hasSize(1);
    interrupt();
  }

  @Test
  @DisplayName(
      "FN8: kill -9 of the server in the middle of a run, then make run: the run ends well")
  void runOutlivesItsServer() {
    startAndAwaitBanner();
    var rest = Rest.anonymous(address()).signIn("admin", passwordInBanner());
    var body = Map.of("params", Map.of("args", String.valueOf(SECONDS)));
    var id = rest.post("/jobs/examples/watch-load/runs", body).ok().path("id").asLong();
    Await.until("the run to log", START, () -> logOf(rest, id).contains("second 2 of "));

    pidOf("server").orElseThrow().destroyForcibly();

    assertThat(make.awaitExit(STOP)).isNotZero();
    assertThat(make.output()).contains("server | ended unexpectedly");
    startAndAwaitBanner();
    Await.until(
        "the run to end", START, () -> rest.get("/runs/" + id).ok().path("final").asBoolean());
    assertThat(rest.get("/runs/" + id).ok().path("state").asText()).isEqualTo("SUCCEEDED");
    var log = logOf(rest, id);
    assertThat(log).contains("mean load");
    for (int second = 1; second <= SECONDS; second++) {
      assertThat(log).containsOnlyOnce("second " + second + " of ");
    }
    interrupt();
  }

  private static String logOf(Rest rest, long run) {
    var page = rest.get("/runs/" + run + "/log?limit=500").ok();
    return String.join("\n", page.path("lines").findValuesAsText("text"));
  }

  @Test
  @DisplayName("a busy port is one line that names the port and OASIS_HTTP_PORT")
  void busyPort() throws IOException {
    try (var other = new ServerSocket(0)) {
      port = other.getLocalPort();
      start(Map.of());

      assertThat(make.awaitExit(STOP)).isNotZero();
    }
    assertThat(complaint()).hasSize(1).first().asString().contains("" + port, "OASIS_HTTP_PORT");
  }

  @Test
  @DisplayName("a data folder that cannot be written is one line that names it")
  void unwritableFolder() throws IOException {
    Files.writeString(data(), "a file where the folder should be");
    start(Map.of());

    assertThat(make.awaitExit(STOP)).isNotZero();
    assertThat(complaint()).hasSize(1).first().asString().contains(data().toString());
  }

  private void startAndAwaitBanner() {
    start(Map.of());
    Await.until(
        "the banner of make run",
        START,
        () -> {
          if (!make.isAlive()) {
            throw new AssertionError("make run ended:\n" + make.output());
          }
          return make.output().contains(LAST_LINE_OF_BANNER);
        });
  }

  private void start(Map<String, String> more) {
    var environment = new HashMap<>(more);
    environment.put("OASIS_HTTP_PORT", String.valueOf(port));
    environment.put("OASIS_DATA_DIR", data().toString());
    starts++;
    // A session of its own stands for the terminal: Ctrl-C goes to the whole group, make included.
    // Whoever runs the
    // tests in the background may have SIGINT ignored, which would be inherited.
    make =
        OwnedProcess.start(
            List.of("env", "--default-signal=INT", "setsid", "make", "run"),
            environment,
            Checkout.root(),
            folder.resolve("make-" + starts + ".log"));
  }

  private void interrupt() {
    make.interruptGroup();
    make.awaitExit(STOP);
    assertThat(make.output()).contains("Stopped.");
  }

  private List<String> complaint() {
    return make.output().lines().filter(l -> l.startsWith("oasis: ")).toList();
  }

  private String passwordInBanner() {
    var matcher = Pattern.compile("Password +(\\S+)").matcher(make.output());
    assertThat(matcher.find()).as(make.output()).isTrue();
    return matcher.group(1);
  }

  private static void awaitSucceededRun(Rest rest, String job) {
    Await.until(
        "a run of " + job + " to succeed",
        START,
        () -> !rest.get("/runs?state=SUCCEEDED&job=" + job).ok().path("items").isEmpty());
  }

  private Optional<ProcessHandle> pidOf(String part) {
    var file = data().resolve("run/" + part + ".pid");
    try {
      return Files.isRegularFile(file)
          ? ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Cli cli() {
    return new Cli(folder, Map.of("OASIS_CONFIG", data().resolve("cli.json").toString()));
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String address() {
    return "http://localhost:" + port;
  }
}
