package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Await;
import io.oasis.it.harness.Cli;
import io.oasis.it.harness.Platform;
import io.oasis.it.harness.Rest;
import io.oasis.it.harness.Server;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is not let in, and what it looks like to them: one line and an exit code. */
class RefusalsIT {
  private static Platform platform;

  @BeforeAll
  static void start() {
    platform = Platform.start(RefusalsIT.class);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  @DisplayName("GO12: a server that cannot be reached is exit code 1 and one line")
  void unreachableServer() {
    var result =
        stranger().with("OASIS_SERVER", "http://localhost:" + Server.freePort()).call("status");

    assertThat(result.exit()).as(result.toString()).isEqualTo(1);
    assertShort(result, "cannot reach");
  }

  @Test
  @DisplayName("GO12: a wrong token is exit code 4 and one line")
  void wrongToken() {
    var result = stranger().with("OASIS_TOKEN", "oat_wrong").call("status");

    assertThat(result.exit()).as(result.toString()).isEqualTo(4);
    assertShort(result, "token");
  }

  @Test
  @DisplayName("GO12: no token at all is exit code 4 and says how to log in")
  void noToken() {
    var result = stranger().call("status");

    assertThat(result.exit()).as(result.toString()).isEqualTo(4);
    assertShort(result, "oasis login");
  }

  @Test
  @DisplayName("GO12: an expired token is exit code 4 and says that it is expired")
  void expiredToken() {
    var token = shortLivedToken();
    var anonymous = Rest.anonymous(platform.server().address()).withToken(token);
    Await.until(
        "the token to expire", Duration.ofSeconds(120), () -> anonymous.get("/me").status() == 401);

    var result = stranger().with("OASIS_TOKEN", token).call("status");

    assertThat(result.exit()).as(result.toString()).isEqualTo(4);
    assertShort(result, "expired");
  }

  @Test
  @DisplayName("GO12: a viewer who applies is exit code 4")
  void viewerMayNotApply() {
    var token =
        platform
            .rest()
            .post("/tokens", Map.of("name", "viewer", "kind", "API", "role", "viewer"))
            .ok()
            .path("token")
            .asText();
    var file =
        platform.write(
            "app.yaml",
            """
            apiVersion: oasis/v1
            kind: App
            metadata: {name: shop}
            spec: {title: Shop}
            """);

    var result = stranger().with("OASIS_TOKEN", token).call("apply", "-f", file.toString());

    assertThat(result.exit()).as(result.toString()).isEqualTo(4);
    assertThat(platform.rest().get("/apps").ok().path("items")).isEmpty();
  }

  @Test
  @DisplayName("GO12: wrong usage is exit code 2")
  void wrongUsage() {
    assertThat(stranger().call("aply").exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("nothing can be read or written without a token")
  void nothingWithoutToken() {
    var anonymous = Rest.anonymous(platform.server().address());

    assertThat(anonymous.get("/jobs").status()).isEqualTo(401);
    assertThat(anonymous.post("/apply", Map.of("files", new Object[0])).status()).isEqualTo(401);
    assertThat(anonymous.get("/version").status()).isEqualTo(200);
  }

  private static String shortLivedToken() {
    return platform
        .rest()
        .post(
            "/tokens", Map.of("name", "short", "kind", "API", "role", "viewer", "expiresIn", "1s"))
        .ok()
        .path("token")
        .asText();
  }

  /** A CLI without any login. */
  private static Cli stranger() {
    var config = platform.folder().resolve("stranger.json").toString();
    return new Cli(
        platform.folder(),
        Map.of("OASIS_SERVER", platform.server().address(), "OASIS_CONFIG", config));
  }

  private static void assertShort(Cli.Result result, String expected) {
    assertThat(result.err().lines()).as(result.toString()).hasSizeLessThanOrEqualTo(2);
    assertThat(result.err()).contains(expected).doesNotContain("Exception");
    assertThat(result.out()).isEmpty();
  }
}
