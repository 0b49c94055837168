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

/** Starts and stops the thread on which people are told. */
@ApplicationScoped
public class AlarmLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration LEASE_BEYOND = Duration.ofSeconds(30);

  private final Loop loop;
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

    AlarmSender sender(Database database, AlarmSink sink, AlarmSender.Limits limits) {
      return new AlarmSender(database, store, reader, sink, duties, clock, limits);
    }
  }

  public AlarmLoop(
      Database database,
      Outbox outbox,
      MailSink sink,
      Listener listener,
      AlarmConfig config,
      MailConfig mail) {
    AlarmSender.Limits limits =
        new AlarmSender.Limits(mail.timeout().plus(LEASE_BEYOND), config.retry(), config.giveUp());
    this.loop = new Loop("alarms", outbox.sender(database, sink, limits)::runOnce);
    this.listener = listener;
  }

  void start(@Observes @Priority(100) StartupEvent event, Shutdown shutdown) {
    loop.start();
    listener.onWord(Wakeups.ALARMS, loop::wake);
    shutdown.register(Shutdown.Phase.STOP_CLAIMING, "alarms", () -> loop.stop(PATIENCE));
  }
}
