package io.oasis.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.executor.Executor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WorkerOptionsTest {
  private static final Map<String, String> TOKEN = Map.of("OASIS_TOKEN", "oet_x");
  @TempDir Path folder;

  private static ConnectionOptions connection(String... flags) {
    return CommandLine.populateCommand(new ConnectionOptions(), flags);
  }

  private static AllowOptions allow(String... flags) {
    return CommandLine.populateCommand(new AllowOptions(), flags);
  }

  private static void apply(ConnectionOptions options, Map<String, String> environment) {
    options.applyTo(Executor.builder(), environment);
  }

  @Test
  @DisplayName("A missing app and a missing token are one line each")
  void missingAppAndTokenAreOneLine() {
    assertThatThrownBy(() -> apply(connection("--app", ""), TOKEN))
        .hasMessage("no app: pass --app NAME or set OASIS_APP");
    assertThatThrownBy(() -> apply(connection("--app", "ops"), Map.of()))
        .hasMessage("no token: set OASIS_TOKEN or pass --token-file FILE");
  }

  @Test
  @DisplayName("A token file is read, an empty or missing one is named")
  void tokenFileIsRead() throws IOException {
    Path file = folder.resolve("token");
    ConnectionOptions options = connection("--app", "ops", "--token-file", file.toString());
    assertThatThrownBy(() -> apply(options, Map.of()))
        .hasMessage("cannot read the token file " + file);
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> apply(options, TOKEN))
        .hasMessage("the token file " + file + " is empty");
    Files.writeString(file, "oet_y\n");

    assertThatCode(() -> apply(options, Map.of())).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("Numbers out of range and addresses that are none are one line each")
  void wrongValuesAreOneLine() {
    assertThatThrownBy(() -> apply(connection("--app", "ops", "--slots", "0"), TOKEN))
        .hasMessage("--slots must be at least 1, not 0");
    assertThatThrownBy(() -> apply(connection("--app", "ops", "--drain-timeout", "-1"), TOKEN))
        .hasMessage("--drain-timeout must not be negative");
    assertThatThrownBy(() -> apply(connection("--app", "ops", "--server", "a b"), TOKEN))
        .hasMessageContaining("\"a b\" is no server address");
  }

  @Test
  @DisplayName("Nothing allowed is an error that says what to allow")
  void nothingAllowedIsAnError() {
    assertThatThrownBy(() -> allow().applyTo(Executor.builder(), URI.create("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("nothing is allowed: pass --allow-script DIR");
  }

  @Test
  @DisplayName("A handler is offered only when something is allowed to it")
  void handlerIsOfferedOnlyWhenAllowed() {
    var http = Executor.builder();
    allow("--allow-http", "a.example.com,b.example.com:81").applyTo(http, URI.create(""));
    var script = Executor.builder();
    allow("--allow-script", folder.toString(), "--allow-inline").applyTo(script, URI.create(""));

    // A second handler of the same name is refused, so this tells which name is taken.
    assertThatThrownBy(() -> http.action("http", run -> {})).hasMessageContaining("\"http\"");
    assertThatThrownBy(() -> script.action("script", run -> {})).hasMessageContaining("\"script\"");
    assertThatCode(() -> http.action("script", run -> {})).doesNotThrowAnyException();
    assertThatCode(() -> script.action("http", run -> {})).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("A path alone is asked of the first server")
  void pathAloneIsAskedOfTheFirstServer() {
    assertThat(connection("--server", "a:1,b:2").firstServer()).isEqualTo(URI.create("http://a:1"));
    assertThat(connection("--server", "https://a").firstServer())
        .isEqualTo(URI.create("https://a"));
  }
}
