package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.Golden;
import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DriftTest extends ShellWithServer {
  private static final String NONE =
      "{\"source\":\"infra\",\"commit\":\"3f2a91c\",\"total\":412,\"items\":[]}";

  private static String answer() throws IOException {
    return Files.readString(Path.of("src", "test", "resources", "answers", "drift.json"));
  }

  @Test
  @DisplayName("GO12: drift shows object, field, old and new, who, when and why, and exits with 6")
  void drift() throws IOException {
    server.on("GET /drift?source=infra", 200, answer());

    TestShell.Result result = shell.call("drift", "--source", "infra");

    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.err()).isEmpty();
    Golden.assertMatches("golden/drift.txt", result.out());
  }

  @Test
  @DisplayName("GO12: no drift is one line and exit code 0")
  void none() {
    server.on("GET /drift?source=infra", 200, NONE);

    TestShell.Result result = shell.call("drift", "--source", "infra");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo("No drift: 412 objects are as infra applied them at 3f2a91c.\n");
  }

  @Test
  @DisplayName("drift -o json and -o name are for programs, with the same exit code")
  void forPrograms() throws IOException {
    server.on("GET /drift?app=billing", 200, answer());

    TestShell.Result json = shell.call("drift", "-a", "billing", "-o", "json");
    TestShell.Result name = shell.call("drift", "-a", "billing", "-o", "name");

    assertThat(json.exit()).isEqualTo(6);
    assertThat(json.out()).startsWith("{").contains("\"total\" : 412");
    assertThat(name.out()).isEqualTo("job/billing/refund-sweep\njob/billing/report\n");
  }

  @Test
  @DisplayName("GO12: a source that nobody knows is an error, not an absence of drift")
  void unknownSource() {
    server.refuse("GET /drift?source=infar", 404, "not_found", "nothing belongs to source infar");

    TestShell.Result result = shell.call("drift", "--source", "infar");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("nothing belongs to source infar").hasLineCount(1);
  }
}
