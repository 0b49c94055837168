package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Await;
import io.oasis.it.harness.Platform;
import io.oasis.it.harness.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is asked to end before it is ready: by a supervisor, or with Ctrl-C. */
class StopWhileStartingIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** How far a first start has come, by what lies in the data folder, and how much further. */
  enum Moment {
    JAVA_STARTS("", 0),
    DATABASE_IS_MADE("postgres/PG_VERSION", 0),
    DATABASE_STARTS("postgres/postmaster.pid", 0),
    DATABASE_IS_UP("postgres/oasis-database", 0),
    APPLICATION_IS_LOADED("postgres/oasis-database", 500),
    APPLICATION_STARTS("postgres/oasis-database", 1_500),
    APPLICATION_IS_NEARLY_UP("postgres/oasis-database", 4_000);

    private final String file;
    private final long millisLater;

    Moment(String file, long millisLater) {
      this.file = file;
      this.millisLater = millisLater;
    }

    private void await(Path data) {
      Await.until(
          this + " of the start",
          PATIENCE,
          () -> Files.exists(data.resolve(file)) || file.isEmpty());
      LockSupport.parkNanos(Duration.ofMillis(millisLater).toNanos());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SIGTERM while a server starts ends it, and its PostgreSQL with it")
  void endsInOrder(Moment moment) {
    var folder = Platform.newFolder(StopWhileStartingIT.class);
    try (var server = new Server(folder, "server", Map.of("OASIS_JAVA_OPTS", "-Xmx320m"))) {
      var process = server.launch();
      moment.await(server.data());

      int exitCode = process.stop(PATIENCE);

      // 143 before Java listens to signals, 0 from then on.
      assertThat(exitCode).as(process.output()).isIn(0, 143);
      assertThat(process.output()).doesNotContain("ERROR", "Exception");
      assertThat(processesOf(server.data())).isEmpty();
    }
  }

  /** Every process that names the folder, such as PostgreSQL and what makes its files. */
  private static List<String> processesOf(Path folder) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(command -> command.contains(folder.toString()))
        .toList();
  }
}
