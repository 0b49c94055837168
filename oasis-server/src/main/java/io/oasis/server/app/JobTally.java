package io.oasis.server.app;

import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.identity.Reach;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * How many jobs each app has. Jobs are counted for each answer, unless there are more than {@value
 * #FEW}: to count a million takes most of a second. Then an answer that is older than 15 s is given
 * all the same, and counted anew behind the back of who asks; nobody is given one that is older
 * than a minute, unless somebody else counts just now.
 */
@ApplicationScoped
public class JobTally {
  /** So many jobs are counted in some milliseconds. */
  static final int FEW = 20_000;

  private static final Logger LOG = Logger.getLogger(JobTally.class);
  private static final Duration FRESH = Duration.ofSeconds(15);

  private static final Duration STALE = Duration.ofMinutes(1);

  private final Supplier<Map<String, OfApp>> jobs;
  private final InstantSource clock;
  private final AtomicBoolean counting = new AtomicBoolean();
  private volatile Look look = new Look(Instant.EPOCH, Map.of());

  @Inject
  public JobTally(Database database, AppStore store, DatabaseClock clock) {
    this(() -> database.call(store::countJobs), clock);
  }

  /**
   * Counts with what it is given.
   *
   * @param jobs what counts them
   */
  JobTally(Supplier<Map<String, OfApp>> jobs, InstantSource clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * Jobs of an app that are not deleted. A job is in one of the three.
   *
   * @param enabled fires by its schedule, or may
   * @param disabled switched off
   * @param completed enabled, without a further time
   */
  public record OfApp(long enabled, long disabled, long completed) {
    static final OfApp NONE = new OfApp(0, 0, 0);

    /** All of them. */
    public long all() {
      return enabled + disabled + completed;
    }

    OfApp plus(OfApp other) {
      return new OfApp(
          enabled + other.enabled, disabled + other.disabled, completed + other.completed);
    }
  }

  private record Look(Instant at, Map<String, OfApp> jobs) {
    boolean isLarge() {
      return jobs.values().stream().mapToLong(OfApp::all).sum() > FEW;
    }
  }

  /** The jobs of all apps that lie within a reach. */
  public OfApp of(Reach apps) {
    return byApp().entrySet().stream()
        .filter(app -> apps.covers(app.getKey()))
        .map(Map.Entry::getValue)
        .reduce(OfApp.NONE, OfApp::plus);
  }

  /** By the name of the app; apps without a job are not in it. */
  Map<String, OfApp> byApp() {
    Look last = look;
    if (!last.isLarge()) {
      return count();
    }
    Duration age = Duration.between(last.at(), clock.instant());
    if (age.compareTo(FRESH) <= 0 || !counting.compareAndSet(false, true)) {
      return last.jobs();
    }
    if (age.compareTo(STALE) > 0) {
      return countAlone();
    }
    Thread.ofVirtual().name("job-tally").start(this::countLater);
    return last.jobs();
  }

  private void countLater() {
    try {
      countAlone();
    } catch (DatabaseException e) {
      LOG.debugf("the jobs are counted later: %s", e.getMessage());
    }
  }

  private Map<String, OfApp> countAlone() {
    try {
      return count();
    } finally {
      counting.set(false);
    }
  }

  private Map<String, OfApp> count() {
    Instant now = clock.instant();
    Map<String, OfApp> counted = jobs.get();
    look = new Look(now, counted);
    return counted;
  }
}
