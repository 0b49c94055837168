package io.oasis.server.time;

import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The database's clock, read without a round trip: a measured point plus the monotonic time since
 * then. Stepping the machine's clock does not move it. It only times in-memory waits; whether
 * something is due is decided by {@code clock_timestamp()} in the statement that acts.
 */
@Singleton
@Typed(DatabaseClock.class)
public class DatabaseClock implements InstantSource {
  private final Database database;
  private final InstantSource machine;
  private final AtomicReference<Point> point = new AtomicReference<>();

  public DatabaseClock(Database database, InstantSource machine) {
    this.database = database;
    this.machine = machine;
  }

  /** The database's time now, within the error of the last measurement (about a round trip). */
  @Override
  public Instant instant() {
    Point p = point.get();
    if (p == null) {
      measure();
      p = point.get();
    }
    return p.at(System.nanoTime());
  }

  /**
   * Asks the database for its time.
   *
   * @return how far the machine's clock is ahead of the database's
   */
  public Duration measure() {
    return database.call(this::measure);
  }

  /** {@link #measure()} inside a transaction that is open anyway. */
  public Duration measure(Tx tx) {
    long before = System.nanoTime();
    Instant now = tx.one("SELECT clock_timestamp() AS now", row -> row.instant("now"));
    long after = System.nanoTime();
    point.updateAndGet(known -> Point.after(known, now, before, after));
    return Duration.between(now.plusNanos((after - before) / 2), machine.instant());
  }

  /**
   * What the database's clock showed at a moment of this process.
   *
   * @param nanos {@link System#nanoTime()} of that moment
   */
  record Point(Instant database, long nanos) {
    /**
     * What is known after an answer. It was true somewhere between asking and hearing: taking the
     * later end makes our clock slow rather than fast, so that a timer never rings early. An answer
     * that took long is therefore no reason to go back: what was known stays while it lies within
     * what the answer allows.
     *
     * @param known null before the first answer
     */
    static Point after(Point known, Instant answer, long asked, long heard) {
      if (known != null) {
        Instant expected = known.at(heard);
        boolean allowed =
            !expected.isBefore(answer) && !expected.isAfter(answer.plusNanos(heard - asked));
        if (allowed) {
          return known;
        }
      }
      return new Point(answer, heard);
    }

    /** The database's time at a moment of this process. */
    Instant at(long moment) {
      return database.plusNanos(moment - nanos);
    }
  }
}
