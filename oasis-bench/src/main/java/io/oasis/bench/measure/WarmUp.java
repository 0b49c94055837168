package io.oasis.bench.measure;

import java.time.Duration;
import java.util.Map;

/**
 * Java compiles what is called often, and a scheduler runs for weeks: before it is measured, every
 * contender works for as long as every other one, in batches of the size that is measured.
 */
final class WarmUp {
  /** Fast machines and small batches: what is between the batches takes longer than they do. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private WarmUp() {}

  /**
   * Runs batches until the contender has worked for some seconds, but at least one batch.
   *
   * @return the figures of the first batch, which new processes have run
   */
  static Map<String, Double> run(Session session, int jobs, int seconds) {
    long limit = System.nanoTime() + LIMIT.toNanos();
    Map<String, Double> first = session.throughput(jobs);
    double worked = first.get(Session.SECONDS);
    while (worked < seconds && System.nanoTime() < limit) {
      worked += session.throughput(jobs).get(Session.SECONDS);
    }
    return first;
  }
}
