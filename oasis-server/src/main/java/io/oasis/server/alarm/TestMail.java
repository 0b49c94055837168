package io.oasis.server.alarm;

import io.oasis.server.database.Database;
import io.oasis.server.identity.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** Tries whether mails arrive, because somebody asked. */
@ApplicationScoped
public class TestMail {
  private final Database database;
  private final AuditTrail audit;
  private final LetterWriter writer;
  private final MailSink sink;
  private final AlarmConfig config;

  public TestMail(
      Database database, AuditTrail audit, LetterWriter writer, MailSink sink, AlarmConfig config) {
    this.database = database;
    this.audit = audit;
    this.writer = writer;
    this.sink = sink;
    this.config = config;
  }

  /** Whether there is a mail server. */
  public boolean isPossible() {
    return sink.isOpen();
  }

  /**
   * Sends a mail at once. Blocks until the mail server has answered, for a bounded time.
   *
   * @param to passes {@link io.oasis.manifest.MailAddress#isValid}
   * @param language empty: the server's
   * @param by who asks for it
   */
  public SendResult send(String to, Optional<Language> language, String by) {
    database.run(
        tx ->
            audit.write(
                tx,
                by,
                "alarm.test",
                "mail " + to,
                Optional.empty(),
                Optional.of(Map.of("to", to))));
    return sink.send(writer.test(to, language.orElse(config.defaultLanguage()), by));
  }
}
