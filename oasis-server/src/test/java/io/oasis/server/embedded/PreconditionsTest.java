package io.oasis.server.embedded;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PreconditionsTest {
  @Test
  void aBusyPortIsNamedWithTheVariableThatChangesIt() throws IOException {
    try (ServerSocket busy = new ServerSocket(0)) {
      int port = busy.getLocalPort();

      assertThatThrownBy(() -> Preconditions.portIsFree(Integer.toString(port)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("port " + port + " is in use")
          .hasMessageContaining("OASIS_HTTP_PORT");
    }
  }

  @Test
  void whatIsNoPortIsRefused() {
    assertThatThrownBy(() -> Preconditions.portIsFree("http")).hasMessageContaining("no number");
    assertThatThrownBy(() -> Preconditions.portIsFree("70000")).hasMessageContaining("no port");
  }

  @Test
  void anyFreePortMayBeAskedFor() {
    assertThatCode(() -> Preconditions.portIsFree("0")).doesNotThrowAnyException();
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedWithItsVariables() throws IOException {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = closed.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + nobody + "/oasis";

    assertThatThrownBy(() -> Preconditions.databaseAnswers(url, "oasis", "wrong"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(url)
        .hasMessageContaining("OASIS_DB_URL");
  }
}
