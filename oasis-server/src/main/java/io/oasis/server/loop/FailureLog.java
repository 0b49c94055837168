package io.oasis.server.loop;

import io.oasis.server.database.DatabaseException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Says a row of failures in two lines: one when it begins and one when it is over. Used by one
 * thread at a time; only the count may be read by others.
 */
final class FailureLog {
  private static final Logger LOG = Logger.getLogger(FailureLog.class);

  private final String name;
  private final AtomicLong count = new AtomicLong();
  private String current = "";
  private long inARow;
  private long since;

  FailureLog(String name) {
    this.name = name;
  }

  void failed(Throwable failure) {
    count.incrementAndGet();
    if (inARow++ == 0) {
      since = System.nanoTime();
    }
    // Another failure in the middle of an outage is news; the same one again is not.
    String kind = kind(failure);
    if (kind.equals(current)) {
      return;
    }
    current = kind;
    if (isOutage(failure)) {
      LOG.warnf("%s: the database does not answer (%s); trying again", name, firstLine(failure));
    } else {
      LOG.errorf(failure, "%s: a turn failed; trying again", name);
    }
  }

  void worked() {
    if (inARow == 0) {
      return;
    }
    Duration outage = Duration.ofNanos(System.nanoTime() - since);
    LOG.infof("%s: works again after %d s and %d failures", name, outage.toSeconds(), inARow);
    inARow = 0;
    current = "";
  }

  long count() {
    return count.get();
  }

  private static String kind(Throwable failure) {
    return isOutage(failure) ? "outage" : failure.getClass().getName() + failure.getMessage();
  }

  private static boolean isOutage(Throwable failure) {
    return failure instanceof DatabaseException database && database.isUnavailable();
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
