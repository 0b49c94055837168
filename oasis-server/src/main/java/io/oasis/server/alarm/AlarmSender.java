package io.oasis.server.alarm;

import io.micrometer.core.instrument.Metrics;
import io.oasis.server.database.Database;
import io.oasis.server.lease.DutyLease;
import io.oasis.server.run.Remark;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Says what waits in the outbox. One server at a time does it; each transaction is over before the
 * mail server is spoken to. Costs one index probe when there is nothing to say.
 */
final class AlarmSender {
  static final String NO_MAIL_SERVER = Remark.NO_MAIL_SERVER.text();

  private static final Logger LOG = Logger.getLogger(AlarmSender.class);
  private static final int LETTERS = 50;
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration OTHERS_AT_WORK = Duration.ofSeconds(2);

  /** The mail server was not to be reached: the others wait for it as well. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final Database database;
  private final OutboxStore store;
  private final NoticeReader reader;
  private final Route route;
  private final DutyLease duties;
  private final InstantSource clock;
  private final Limits limits;

  /**
   * By which way this sender tells.
   *
   * @param channel what it takes from the outbox
   * @param sink tells
   * @param closed what is said of alarms when the sink is not open
   */
  record Route(Delivery.Channel channel, AlarmSink sink, String closed) {
    String duty() {
      return "alarm-" + channel.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How long things may take.
   *
   * @param lease of the duty, renewed before each mail; longer than a mail may take
   * @param firstPause before the second try
   * @param giveUp how long it is tried
   */
  record Limits(Duration lease, Duration firstPause, Duration giveUp) {}

  AlarmSender(
      Database database,
      OutboxStore store,
      NoticeReader reader,
      Route route,
      DutyLease duties,
      InstantSource clock,
      Limits limits) {
    this.database = database;
    this.store = store;
    this.reader = reader;
    this.route = route;
    this.duties = duties;
    this.clock = clock;
    this.limits = limits;
  }

  /** Says what is due; the answer is when to look again. */
  Duration runOnce() {
    Optional<OutboxStore.Due> due = database.call(tx -> store.nextDue(tx, route.channel()));
    if (due.isEmpty() || !due.get().now()) {
      return due.map(d -> until(d.at())).orElse(IDLE);
    }
    if (!route.sink().isOpen()) {
      int given = database.call(tx -> store.giveUpDue(tx, route.channel(), route.closed()));
      count("unconfigured", given);
      return Duration.ZERO;
    }
    if (!mine()) {
      return OTHERS_AT_WORK;
    }
    List<Long> letters =
        database.call(
            tx -> {
              new Sealing(store, route.channel()).seal(tx);
              return store.dueLetters(tx, route.channel(), LETTERS);
            });
    for (long letter : letters) {
      if (!mine()) {
        return OTHERS_AT_WORK;
      }
      if (!say(letter)) {
        return shorter(AFTER_FAILURE, limits.firstPause());
      }
    }
    return Duration.ZERO;
  }

  private String word() {
    return route.channel().name().toLowerCase(Locale.ROOT);
  }

  private boolean mine() {
    return duties.take(route.duty(), limits.lease()).isPresent();
  }

  /** False when nothing can be said to anybody now. */
  private boolean say(long letter) {
    Optional<NoticeReader.Waiting> waiting = reader.read(letter);
    if (waiting.isEmpty()) {
      return true;
    }
    Notice notice = waiting.get().notice();
    return switch (route.sink().send(notice)) {
      case SendResult.Sent() -> {
        database.run(tx -> store.sent(tx, letter));
        LOG.infof(
            "alarm=%d told to %s (%d together)", letter, notice.address(), notice.items().size());
        count("sent", 1);
        yield true;
      }
      case SendResult.Refused(String why) -> {
        database.run(tx -> store.failed(tx, letter, why));
        LOG.errorf("alarm=%d to %s is given up: %s", letter, notice.address(), why);
        count("failed", 1);
        yield true;
      }
      case SendResult.NotNow(String why) -> {
        Duration pause = pause(waiting.get().attempts());
        boolean again =
            database.call(tx -> store.tryAgain(tx, letter, why, pause, limits.giveUp()));
        if (again) {
          LOG.warnf(
              "alarm=%d to %s was not told, another try in %d s: %s",
              letter, notice.address(), pause.toSeconds(), why);
        } else {
          LOG.errorf("alarm=%d to %s is given up: %s", letter, notice.address(), why);
        }
        count(again ? "retried" : "failed", 1);
        yield false;
      }
    };
  }

  /** 10 s, 20 s, 40 s, … 15 min. */
  private Duration pause(int attempts) {
    Duration pause = limits.firstPause().multipliedBy(1L << Math.min(attempts, 20));
    return shorter(pause, LONGEST_PAUSE);
  }

  /** At least a moment: the clocks may differ by a little. */
  private Duration until(Instant due) {
    Duration wait = Duration.between(clock.instant(), due).plusMillis(20);
    return wait.isNegative() ? Duration.ofMillis(20) : shorter(wait, IDLE);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private void count(String outcome, int times) {
    Metrics.counter("oasis.alarm.deliveries", "channel", word(), "outcome", outcome)
        .increment(times);
  }
}
