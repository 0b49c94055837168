package io.oasis.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.LogLine;
import io.oasis.executor.v1.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretParamsTest extends ExecutorHarness {
  @TempDir Path folder;

  private ExecutorBuilder executorWith(Map<String, String> environment) {
    return new ExecutorBuilder()
        .environment(environment)
        .server(server.address())
        .app("orders")
        .token("oet_secret")
        .slots(1)
        .drainOnShutdown(false);
  }

  @Test
  @DisplayName("GO11: a secret is looked up on the executor, and blacked out in log and result")
  void environment() {
    AtomicReference<Map<String, String>> seen = new AtomicReference<>();
    connect(
        executorWith(Map.of("OASIS_SECRET_DB_PASSWORD", "correct-horse"))
            .handler(
                "settle",
                run -> {
                  seen.set(run.params());
                  run.log("connecting with correct-horse as app");
                  run.log("done");
                  return "used correct-horse";
                }));

    server.assign(
        FakeServer.assign(7, 1, "settle")
            .putParams("user", "app")
            .putSecretParams("password", "db-password")
            .build());

    List<LogLine> lines = awaitLines("done");
    Finished finished = awaitFinished(7);
    assertThat(seen.get()).isEqualTo(Map.of("user", "app", "password", "correct-horse"));
    assertThat(lines).extracting(LogLine::getText).contains("connecting with •••••• as app");
    assertThat(finished.getResult()).isEqualTo("used ••••••");
  }

  @Test
  @DisplayName(
      "GO11: a file of the secrets' folder comes first, without the line end of its editor")
  void file() throws IOException {
    Files.writeString(folder.resolve("db-password"), "from-file\n");
    connect(
        executorWith(
                Map.of(
                    "OASIS_SECRETS_DIR", folder.toString(), "OASIS_SECRET_DB_PASSWORD", "variable"))
            .handler("settle", run -> Integer.toString(run.param("password").length())));

    server.assign(
        FakeServer.assign(8, 1, "settle").putSecretParams("password", "db-password").build());

    assertThat(awaitFinished(8).getResult()).isEqualTo("9");
  }

  @Test
  @DisplayName("a secret that is not there fails the run without a retry, and says what to set")
  void missing() {
    connect(executorWith(Map.of("DB_PASSWORD", "not offered")).handler("settle", run -> "never"));

    server.assign(
        FakeServer.assign(9, 1, "settle").putSecretParams("password", "db-password").build());

    Finished finished = awaitFinished(9);
    assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
    assertThat(finished.getRetryable()).isFalse();
    assertThat(finished.getMessage())
        .contains("params.password: there is no secret db-password", "OASIS_SECRET_DB_PASSWORD");
  }

  @Test
  @DisplayName("a failure that tells the secret is blacked out as well")
  void failure() {
    connect(
        executorWith(Map.of("OASIS_SECRET_DB_PASSWORD", "correct-horse"))
            .handler(
                "settle",
                run -> {
                  throw new RunFailedException("cannot log in with " + run.param("password"));
                }));

    server.assign(
        FakeServer.assign(10, 1, "settle").putSecretParams("password", "db-password").build());

    assertThat(awaitFinished(10).getMessage()).isEqualTo("cannot log in with ••••••");
  }

  @Test
  @DisplayName("a name that is a path reaches no file")
  void path() throws IOException {
    Files.writeString(folder.resolve("outside"), "x");
    Path inside = Files.createDirectory(folder.resolve("inside"));
    connect(
        executorWith(Map.of("OASIS_SECRETS_DIR", inside.toString()))
            .handler("settle", run -> "never"));

    server.assign(
        FakeServer.assign(11, 1, "settle").putSecretParams("password", "../outside").build());

    assertThat(awaitFinished(11).getMessage()).contains("refers to no name of a secret");
  }
}
