package io.oasis.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.oasis.server.FreePort;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How a connection to a mail server is kept secret, and who signs in. */
class MailSinkTest {
  private static final Letter LETTER =
      new Letter("li@example.com", "subject", "text", "<p>html</p>", "oasis-alarm-1", "");
  private static Vertx vertx;

  private final int port = FreePort.find();
  private GreenMail server;

  @BeforeAll
  static void openVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  @DisplayName("a user signs in with the password; a wrong one is told, and tried again later")
  void signsIn() {
    open(ServerSetup.PROTOCOL_SMTP).setUser("oasis@example.com", "oasis", "secret");

    assertThat(send(MailConfig.Tls.OFF, "secret")).isInstanceOf(SendResult.Sent.class);
    SendResult wrong = send(MailConfig.Tls.OFF, "wrong");

    assertThat(wrong).isInstanceOf(SendResult.NotNow.class);
    assertThat(((SendResult.NotNow) wrong).why()).contains("535").doesNotContain("wrong");
    assertThat(MailServer.inbox(server, "li@example.com")).hasSize(1);
  }

  @Test
  @DisplayName("a password is not sent to a mail server that offers no TLS, unless TLS is off")
  void noPasswordInTheOpen() {
    open(ServerSetup.PROTOCOL_SMTP).setUser("oasis@example.com", "oasis", "secret");

    assertThat(send(MailConfig.Tls.AUTO, "secret")).isInstanceOf(SendResult.NotNow.class);
    assertThat(send(MailConfig.Tls.STARTTLS, "")).isInstanceOf(SendResult.NotNow.class);
    assertThat(MailServer.inbox(server, "li@example.com")).isEmpty();
  }

  @Test
  @DisplayName("without a user, a mail server that offers no TLS is used all the same")
  void withoutUser() {
    open(ServerSetup.PROTOCOL_SMTP);

    assertThat(send(MailConfig.Tls.AUTO, "")).isInstanceOf(SendResult.Sent.class);
  }

  @Test
  @DisplayName("a certificate that nobody vouches for is refused")
  void unknownCertificate() {
    open(ServerSetup.PROTOCOL_SMTPS);

    assertThat(send(MailConfig.Tls.ALWAYS, "")).isInstanceOf(SendResult.NotNow.class);
    assertThat(MailServer.inbox(server, "li@example.com")).isEmpty();
  }

  private GreenMail open(String protocol) {
    server = MailServer.open(port, protocol);
    return server;
  }

  /** Sends with the user {@code oasis} when there is a password. */
  private SendResult send(MailConfig.Tls tls, String password) {
    return new MailSink(new Settings(port, tls, password), null, vertx).send(LETTER);
  }

  private record Settings(int number, Tls tls, String secret) implements MailConfig {
    @Override
    public Optional<String> host() {
      return Optional.of("localhost");
    }

    @Override
    public OptionalInt port() {
      return OptionalInt.of(number);
    }

    @Override
    public Optional<String> from() {
      return Optional.of("oasis@example.com");
    }

    @Override
    public Optional<String> user() {
      return secret.isEmpty() ? Optional.empty() : Optional.of("oasis");
    }

    @Override
    public Optional<String> password() {
      return Optional.of(secret).filter(text -> !text.isEmpty());
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(60);
    }
  }
}
