package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.oasis.it.harness.Await;
import io.oasis.it.harness.Platform;
import io.oasis.it.harness.Server;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From a failing script to the inbox of its owner, and what the command line says of it. */
class AlarmIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String JOBS =
      """
      apiVersion: oasis/v1
      kind: App
      metadata: {name: billing}
      spec: {title: Billing, owner: {name: Payments, email: payments@example.com}}
      ---
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: billing, name: settle}
      spec:
        title: 每日清算
        schedule: none
        handler: script
        params: {script: settle.sh, works: "no"}
        alarm: {mail: [owner], repeat: never}
      ---
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: billing, name: export}
      spec:
        schedule: none
        handler: script
        params: {script: settle.sh, works: "no"}
        alarm: {mail: [li@example.com], language: zh-CN}
      """;

  private static final int PORT = Server.freePort();
  private static Platform platform;
  private static GreenMail mails;

  @BeforeAll
  static void start() {
    mails = openMailServer();
    platform =
        Platform.start(
            AlarmIT.class,
            Map.of(
                "OASIS_MAIL_HOST", "localhost",
                "OASIS_MAIL_PORT", String.valueOf(PORT),
                "OASIS_MAIL_FROM", "oasis@example.com",
                // A mail that a slow machine takes for lost is sent twice.
                "OASIS_MAIL_TIMEOUT", "PT20S",
                "OASIS_ALARM_RETRY", "PT1S",
                "OASIS_PUBLIC_URL", "https://oasis.example.com"));
    platform.writeScript(
        "settle.sh",
        """
        echo settling
        [ "$OASIS_PARAM_WORKS" = yes ] || { echo "ledger is locked" >&2; exit 3; }
        """);
    platform.cli().call("apply", "-f", platform.write("jobs.yaml", JOBS).toString()).ok();
    platform.startWorker("billing", platform.scripts());
  }

  @AfterAll
  static void stop() {
    if (platform != null) {
      platform.close();
    }
    mails.stop();
  }

  @Test
  @DisplayName(
      "LG6: the owner of a failing job gets a mail with its last lines, and one when it works again")
  void failureAndRecovery() throws MessagingException, IOException {
    var cli = platform.cli();
    cli.call("run", "billing/settle", "--wait");
    cli.call("run", "billing/settle", "--wait");
    var opened = await("payments@example.com", 1).getFirst();

    var incident =
        platform
            .rest()
            .get("/incidents?state=OPEN&job=billing/settle")
            .ok()
            .path("items")
            .path(0)
            .path("id")
            .asText();
    assertThat(cli.call("get", "incidents", "--state", "open").ok().out())
        .contains("billing/settle", "✗ open");
    // The mail is there before the server has noted that it was taken.
    Await.until(
        "the note of the mail",
        PATIENCE,
        () -> cli.call("describe", "incident", incident).ok().out().contains("sent"));
    assertThat(cli.call("describe", "incident", incident).ok().out())
        .contains("billing/settle", "failures      2", "payments@example.com");
    assertThat(cli.call("ack", incident).ok().out()).contains("acknowledged by admin");
    cli.call("run", "billing/settle", "--param", "works=yes", "--wait").ok();
    var both = await("payments@example.com", 2);

    assertThat(opened.getSubject()).startsWith("[Oasis] billing/settle failed");
    assertThat(text(opened))
        .contains("每日清算 (billing/settle)", "Owner: Payments", "settling", "ledger is locked")
        .contains("https://oasis.example.com/runs/", "oasis ack " + incident);
    assertThat(both.get(1).getSubject()).isEqualTo("[Oasis] billing/settle has recovered");
    assertThat(cli.call("ack", incident).exit()).isEqualTo(3);
  }

  @Test
  @DisplayName("LG6: mail server down, server killed: the mail arrives once both are back")
  void downAndKilled() throws MessagingException {
    mails.stop();
    var run = platform.trigger("billing/export");
    assertThat(platform.awaitFinal(run).path("state").asText()).isEqualTo("FAILED");
    platform.server().kill9();
    mails = openMailServer();
    platform.restartServer();

    var mail = await("li@example.com", 1).getFirst();

    assertThat(mail.getSubject()).contains("billing/export", "执行失败");
  }

  @Test
  @DisplayName("a test mail says whether mails arrive, and what the mail server says if not")
  void testMail() throws MessagingException {
    var cli = platform.cli();

    assertThat(cli.call("alarm", "test", "--to", "wang@example.com").ok().out())
        .isEqualTo("mail to wang@example.com  taken by the mail server\n");
    assertThat(await("wang@example.com", 1).getFirst().getSubject()).isEqualTo("[Oasis] Test mail");
    var wrong = cli.call("alarm", "test", "--to", "nobody");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("must be an address").hasLineCount(1);
  }

  private static GreenMail openMailServer() {
    var setup = new ServerSetup(PORT, "localhost", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(PATIENCE.toMillis());
    var server = new GreenMail(setup);
    server.start();
    return server;
  }

  private static List<MimeMessage> await(String address, int count) {
    return Await.value(
        count + " mails to " + address,
        PATIENCE,
        () -> Optional.of(inbox(address)).filter(got -> got.size() >= count));
  }

  private static List<MimeMessage> inbox(String address) {
    return Arrays.stream(mails.getReceivedMessages())
        .filter(
            mail -> {
              try {
                return mail.getHeader("To", ",").contains(address);
              } catch (MessagingException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  /** The plain half of a mail. */
  private static String text(MimeMessage mail) throws MessagingException, IOException {
    Multipart halves = (Multipart) mail.getContent();
    for (int i = 0; i < halves.getCount(); i++) {
      BodyPart half = halves.getBodyPart(i);
      if (half.isMimeType("text/plain")) {
        return half.getContent().toString();
      }
    }
    throw new AssertionError("the mail has no text");
  }
}
