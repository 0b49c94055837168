package io.oasis.server.alarm;

import io.oasis.server.run.Remark;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Tells by mail. Each mail has a connection of its own, and a connection on which the mail server
 * stays silent is closed, so that one that hangs leaves nothing behind.
 */
@ApplicationScoped
public class MailSink implements AlarmSink {
  private static final Logger LOG = Logger.getLogger(MailSink.class);
  private static final int SUBMISSION = 587;
  private static final int TLS_SUBMISSION = 465;
  private static final int LONGEST_WHY = 300;

  /** No such mailbox, not here, too large, not allowed, no such syntax: another try is no use. */
  private static final Set<Integer> NEVER = Set.of(501, 550, 551, 552, 553, 555, 556);

  private final MailConfig config;
  private final LetterWriter writer;
  private final Vertx vertx;

  public MailSink(MailConfig config, LetterWriter writer, Vertx vertx) {
    this.config = config;
    this.writer = writer;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    if (!isOpen()) {
      LOG.info("no mail server is configured (OASIS_MAIL_HOST): alarms are shown, not mailed");
    } else {
      LOG.infof(
          "alarms are mailed through %s:%d as %s",
          config.host().orElseThrow(), port(config), sender());
    }
  }

  @Override
  public boolean isOpen() {
    return config.host().isPresent();
  }

  @Override
  public SendResult send(Notice notice) {
    return send(writer.write(notice));
  }

  /** Sends a mail. Blocks for at most the configured timeout. */
  public SendResult send(Letter letter) {
    if (config.host().isEmpty()) {
      return new SendResult.Refused(AlarmSender.NO_MAIL_SERVER);
    }
    MailClient client = MailClient.create(vertx, options(config, config.host().get()));
    try {
      return send(client, letter);
    } finally {
      // Also ends a connection on which the mail server is silent: none is left behind.
      client.close();
    }
  }

  private SendResult send(MailClient client, Letter letter) {
    CompletableFuture<?> sending =
        client.sendMail(message(letter)).toCompletionStage().toCompletableFuture();
    try {
      sending.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return new SendResult.Sent();
    } catch (TimeoutException e) {
      return new SendResult.NotNow(Remark.MAIL_SILENT.text(config.timeout().toSeconds()));
    } catch (ExecutionException e) {
      return failed(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SendResult.NotNow(Remark.SERVER_STOPPING.text());
    }
  }

  private static SendResult failed(Throwable cause) {
    if (cause instanceof SMTPException said) {
      String why = brief(Remark.MAIL_SAYS.text(said.getReplyCode() + " " + said.getReplyMessage()));
      return NEVER.contains(said.getReplyCode())
          ? new SendResult.Refused(why)
          : new SendResult.NotNow(why);
    }
    return new SendResult.NotNow(brief(Remark.MAIL_UNUSABLE.text(AlarmSink.words(cause))));
  }

  private static String brief(String text) {
    String line = text.replaceAll("[\\p{Cntrl}]+", " ").strip();
    return line.length() <= LONGEST_WHY ? line : line.substring(0, LONGEST_WHY);
  }

  private MailMessage message(Letter letter) {
    String domain = sender().replaceFirst(".*@", "").replaceAll("[^A-Za-z0-9.-]", "");
    MailMessage message =
        new MailMessage()
            .setFrom(sender())
            .setTo(letter.to())
            .setSubject(letter.subject())
            .setText(letter.text())
            .setHtml(letter.html())
            .addHeader("Message-ID", "<" + letter.id() + "@" + domain + ">")
            // Answers of machines, such as "out of office", are not wanted.
            .addHeader("Auto-Submitted", "auto-generated");
    if (!letter.thread().isEmpty()) {
      message.addHeader("References", "<" + letter.thread() + "@" + domain + ">");
    }
    return message;
  }

  private String sender() {
    return config
        .from()
        .or(() -> config.user().filter(user -> user.contains("@")))
        .orElseGet(() -> "oasis@" + config.host().orElse("localhost"));
  }

  private static int port(MailConfig config) {
    return config
        .port()
        .orElse(config.tls() == MailConfig.Tls.ALWAYS ? TLS_SUBMISSION : SUBMISSION);
  }

  private static io.vertx.ext.mail.MailConfig options(MailConfig config, String host) {
    int timeout = Math.toIntExact(config.timeout().toMillis());
    boolean signsIn = config.user().isPresent();
    io.vertx.ext.mail.MailConfig options =
        new io.vertx.ext.mail.MailConfig(host, port(config))
            .setStarttls(starttls(config.tls(), signsIn))
            .setSsl(config.tls() == MailConfig.Tls.ALWAYS)
            .setLogin(signsIn ? LoginOption.REQUIRED : LoginOption.DISABLED)
            .setKeepAlive(false)
            .setConnectTimeout(timeout)
            .setIdleTimeout(timeout)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setHostnameVerificationAlgorithm("HTTPS");
    config.user().ifPresent(options::setUsername);
    config.password().ifPresent(options::setPassword);
    return options;
  }

  /** A password never goes over a connection that somebody could read, unless it is told to. */
  private static StartTLSOptions starttls(MailConfig.Tls tls, boolean signsIn) {
    return switch (tls) {
      case AUTO -> signsIn ? StartTLSOptions.REQUIRED : StartTLSOptions.OPTIONAL;
      case STARTTLS -> StartTLSOptions.REQUIRED;
      case ALWAYS, OFF -> StartTLSOptions.DISABLED;
    };
  }
}
