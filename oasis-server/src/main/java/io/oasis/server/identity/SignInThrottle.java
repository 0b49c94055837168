package io.oasis.server.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down the guessing of passwords: so many failures a minute for a name at an address, for an
 * address, and for a name. Kept in memory, for each server alone; what it forgets at a restart, a
 * guesser gains a minute by.
 */
@ApplicationScoped
public class SignInThrottle {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int PER_NAME_AND_ADDRESS = 5;
  private static final int PER_ADDRESS = 30;
  // High enough that a stranger who fails on purpose can hardly lock the owner out.
  private static final int PER_NAME = 100;
  private static final int MAX_KEYS = 10_000;

  private final InstantSource clock;
  private final Map<String, Failures> failures = new HashMap<>();

  public SignInThrottle(InstantSource clock) {
    this.clock = clock;
  }

  private record Failures(Instant since, int count) {}

  private record Limit(String key, int max) {}

  /**
   * Takes note of an attempt before the password is looked at, so that many at once cannot slip
   * through. {@link #succeeded} takes it back.
   *
   * @return how long to wait; empty when the attempt may go on
   */
  public synchronized Optional<Duration> attempt(String name, String address) {
    Instant now = clock.instant();
    List<Limit> limits = limits(name, address);
    for (Limit limit : limits) {
      Failures known = failures.get(limit.key());
      if (known != null && isFresh(known, now) && known.count() >= limit.max()) {
        return Optional.of(Duration.between(now, known.since().plus(WINDOW)));
      }
    }
    if (failures.size() > MAX_KEYS) {
      failures.values().removeIf(known -> !isFresh(known, now));
    }
    for (Limit limit : limits) {
      failures.merge(
          limit.key(),
          new Failures(now, 1),
          (old, one) -> isFresh(old, now) ? new Failures(old.since(), old.count() + 1) : one);
    }
    return Optional.empty();
  }

  /** The attempt was no failure. */
  public synchronized void succeeded(String name, String address) {
    for (Limit limit : limits(name, address)) {
      failures.computeIfPresent(
          limit.key(),
          (key, old) -> old.count() <= 1 ? null : new Failures(old.since(), old.count() - 1));
    }
  }

  private static boolean isFresh(Failures known, Instant now) {
    return now.isBefore(known.since().plus(WINDOW));
  }

  private static List<Limit> limits(String name, String address) {
    return List.of(
        new Limit("both " + address + " " + name, PER_NAME_AND_ADDRESS),
        new Limit("address " + address, PER_ADDRESS),
        new Limit("name " + name, PER_NAME));
  }
}
