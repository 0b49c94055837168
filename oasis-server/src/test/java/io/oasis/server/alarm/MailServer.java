package io.oasis.server.alarm;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.oasis.server.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A real mail server that keeps what it gets. */
public final class MailServer implements QuarkusTestResourceLifecycleManager {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static GreenMail server;
  private static int port;

  @Override
  public Map<String, String> start() {
    port = FreePort.find();
    server = open(port);
    return Map.of(
        "oasis.mail.host", "localhost",
        "oasis.mail.port", Integer.toString(port),
        "oasis.mail.from", "oasis@example.com",
        "oasis.mail.tls", "off",
        // A mail that a slow machine takes for lost is sent twice.
        "oasis.mail.timeout", "PT60S",
        "oasis.alarm.gather", "PT0.3S",
        "oasis.alarm.public-url", "https://oasis.example.com/");
  }

  @Override
  public void stop() {
    server.stop();
  }

  static GreenMail open(int port) {
    return open(port, ServerSetup.PROTOCOL_SMTP);
  }

  /** Begins to listen; it says that it does, which a busy machine may do late. */
  static GreenMail open(int port, String protocol) {
    ServerSetup setup = new ServerSetup(port, "localhost", protocol);
    setup.setServerStartupTimeout(PATIENCE.toMillis());
    GreenMail opened = new GreenMail(setup);
    opened.start();
    return opened;
  }

  /** What an address has got, oldest first. */
  static List<MimeMessage> inbox(String address) {
    return inbox(server, address);
  }

  static List<MimeMessage> inbox(GreenMail of, String address) {
    return Arrays.stream(of.getReceivedMessages())
        .filter(mail -> header(mail, "To").contains(address))
        .toList();
  }

  static String header(MimeMessage mail, String name) {
    try {
      return mail.getHeader(name, ", ");
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The part of this type, decoded. */
  static String body(Part part, String type) {
    try {
      if (part.isMimeType(type)) {
        return ((String) part.getContent()).replace("\r\n", "\n");
      }
      if (part.getContent() instanceof Multipart parts) {
        for (int i = 0; i < parts.getCount(); i++) {
          BodyPart inner = parts.getBodyPart(i);
          String found = body(inner, type);
          if (!found.isEmpty()) {
            return found;
          }
        }
      }
      return "";
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
