package io.oasis.server.alarm;

import io.oasis.server.database.Database;
import io.oasis.server.database.Listener;
import io.oasis.server.database.Wakeups;
import io.oasis.server.lease.DutyLease;
import io.oasis.server.loop.Loop;
import io.oasis.server.loop.Shutdown;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;

/** Starts and stops the threads on which people are told, one for each way. */
@ApplicationScoped
public class AlarmLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration LEASE_BEYOND = Duration.ofSeconds(30);

  private final Loop mails;
  private final Loop webhooks;
  private final Listener listener;

  /** What the outbox is read with, as one thing to inject. */
  @ApplicationScoped
  public static class Outbox {
    private final OutboxStore store;
    private final NoticeReader reader;
    private final DutyLease duties;
    private final DatabaseClock clock;

    public Outbox(OutboxStore store, NoticeReader reader, DutyLease duties, DatabaseClock clock) {
      this.store = store;
      this.reader = reader;
      this.duties = duties;
      this.clock = clock;
    }

    AlarmSender sender(Database database, AlarmSender.Route route, AlarmSender.Limits limits) {
      return new AlarmSender(database, store, reader, route, duties, clock, limits);
    }
  }

  /** The ways that there are. */
  @ApplicationScoped
  public static class Ways {
    private final MailSink mail;
    private final WebhookSink webhook;
    private final MailConfig mailConfig;
    private final WebhookConfig webhookConfig;

    public Ways(
        MailSink mail, WebhookSink webhook, MailConfig mailConfig, WebhookConfig webhookConfig) {
      this.mail = mail;
      this.webhook = webhook;
      this.mailConfig = mailConfig;
      this.webhookConfig = webhookConfig;
    }

    AlarmSender mails(Database database, Outbox outbox, AlarmConfig config) {
      return outbox.sender(
          database,
          new AlarmSender.Route(Delivery.Channel.MAIL, mail, AlarmSender.NO_MAIL_SERVER),
          limits(mailConfig.timeout(), config));
    }

    AlarmSender webhooks(Database database, Outbox outbox, AlarmConfig config) {
      return outbox.sender(
          database,
          new AlarmSender.Route(Delivery.Channel.WEBHOOK, webhook, WebhookSink.NO_WEBHOOK),
          limits(webhookConfig.timeout(), config));
    }
  }

  public AlarmLoop(
      Database database, Outbox outbox, Ways ways, Listener listener, AlarmConfig config) {
    this.mails = new Loop("alarm-mails", ways.mails(database, outbox, config)::runOnce);
    this.webhooks = new Loop("alarm-webhooks", ways.webhooks(database, outbox, config)::runOnce);
    this.listener = listener;
  }

  private static AlarmSender.Limits limits(Duration timeout, AlarmConfig config) {
    return new AlarmSender.Limits(timeout.plus(LEASE_BEYOND), config.retry(), config.giveUp());
  }

  void start(@Observes @Priority(100) StartupEvent event, Shutdown shutdown) {
    for (Loop loop : List.of(mails, webhooks)) {
      loop.start();
      listener.onWord(Wakeups.ALARMS, loop::wake);
    }
    shutdown.register(
        Shutdown.Phase.STOP_CLAIMING,
        "alarms",
        () -> List.of(mails, webhooks).forEach(loop -> loop.stop(PATIENCE)));
  }
}
