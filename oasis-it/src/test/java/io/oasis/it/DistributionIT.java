package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.oasis.it.harness.Await;
import io.oasis.it.harness.Checkout;
import io.oasis.it.harness.OwnedProcess;
import io.oasis.it.harness.Platform;
import io.oasis.it.harness.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@code make dist} makes, unpacked in a folder with a blank in its name. */
class DistributionIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private static Path folder;
  private static Path oasis;

  @BeforeAll
  static void unpack() throws IOException {
    folder = Platform.newFolder(DistributionIT.class);
    run(List.of("make", "dist"), Checkout.root());
    var target = Files.createDirectory(folder.resolve("some where"));
    try (var files = Files.list(Checkout.path("dist"))) {
      var archive = files.filter(f -> f.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
      run(List.of("tar", "-xzf", archive.toString(), "-C", target.toString()), folder);
    }
    try (var files = Files.list(target)) {
      oasis = files.findFirst().orElseThrow();
    }
  }

  @Test
  @DisplayName("the archive holds commands, examples, README and the licence")
  void archiveHoldsWhatItShould() {
    for (var name :
        List.of(
            "bin/oasis",
            "bin/oasis-server",
            "bin/oasis-worker",
            "lib/make-cache",
            "examples/app.yaml",
            "examples/scripts/disk-report.sh",
            "README",
            "LICENSE")) {
      assertThat(oasis.resolve(name)).exists();
    }
  }

  @Test
  @DisplayName("the CLI runs through a symbolic link, from any folder")
  void cliRunsThroughLink() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("linked"), oasis.resolve("bin/oasis"));

    var output = run(List.of(link.toString(), "--help"), Path.of("/"));

    assertThat(output).contains("apply");
  }

  @Test
  @DisplayName("the server starts from the archive and ends in order")
  void serverStarts() {
    var port = Server.freePort();
    var data = folder.resolve("data");
    var environment =
        Map.of("OASIS_HTTP_PORT", String.valueOf(port), "OASIS_DATA_DIR", data.toString());
    var command = List.of(oasis.resolve("bin/oasis-server").toString());
    try (var server =
        OwnedProcess.start(command, environment, folder, folder.resolve("server.log"))) {
      Await.until("the server to be ready", PATIENCE, () -> Server.isReady(port));

      server.stop(PATIENCE);

      assertThat(Server.postgres(data)).isEmpty();
    } finally {
      Server.killPostgres(data);
    }
  }

  @Test
  @DisplayName("a start uses the cache of make dist, and passes over a broken one without a word")
  void startUsesCache() throws IOException {
    var cache = oasis.resolve("lib/server/start.aot");
    assumeThat(cache).as("Java 25 and newer make one").exists();
    assertThat(startInVain(Map.of("OASIS_JAVA_OPTS", "-Xlog:class+load")))
        .contains("io.oasis.server.embedded.OasisServer source: shared objects file");
    var good = Files.move(cache, cache.resolveSibling("good.aot"));
    Files.writeString(cache, "broken");
    try {
      var words = startInVain(Map.of());

      assertThat(words.lines()).singleElement().asString().startsWith("oasis-server: ");
    } finally {
      Files.move(good, cache, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A start that ends with one line, long before there is a database. */
  private static String startInVain(Map<String, String> more) throws IOException {
    var environment = new HashMap<>(more);
    environment.put("OASIS_HTTP_PORT", "none");
    var log = Files.createTempFile(folder, "server", ".log");
    var command = List.of(oasis.resolve("bin/oasis-server").toString());
    try (var server = OwnedProcess.start(command, environment, folder, log)) {
      assertThat(server.awaitExit(PATIENCE)).isEqualTo(1);
      return server.output();
    }
  }

  private static String run(List<String> command, Path where) throws IOException {
    var log = Files.createTempFile(folder, "command", ".log");
    try (var process = OwnedProcess.start(command, Map.of(), where, log)) {
      assertThat(process.awaitExit(PATIENCE)).as(process.output()).isZero();
      return process.output();
    }
  }
}
