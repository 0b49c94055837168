package io.oasis.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long the runs of an executor that is gone were taken for running. The times are those of the
 * ledger and of the node's row, by the database's clock, so that it is the same how late a test
 * looks. A machine that is too busy to keep time is not the product's fault: what a job of every
 * second was late meanwhile, at the worst, is allowed on top.
 */
final class LossTimes {
  /** Name of the job of every second. */
  static final String PULSE = "pulse";

  /** The defaults that FN6 speaks of. */
  private static final Duration NODE_LEASE = Duration.ofSeconds(15);

  private static final Duration LOST_WITHIN = Duration.ofSeconds(20);

  private final Cluster cluster;

  LossTimes(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Asserts of each run that its first attempt ended with the lease of the node, and soon. */
  void assertInTime(String node, Set<Long> runs) {
    long slowness = numbers(lateness(node)).getFirst();

    assertThat(numbers(losses(node, runs)))
        .as("ms from the last heartbeat to the loss; the machine was %d ms late", slowness)
        .hasSameSizeAs(runs)
        .allSatisfy(
            ms ->
                assertThat(ms).isBetween(NODE_LEASE.toMillis(), LOST_WITHIN.toMillis() + slowness));
  }

  private static String losses(String node, Set<Long> runs) {
    return """
        SELECT round(extract(epoch FROM
                 coalesce(a.finished_at, r.finished_at) - n.heartbeat_at) * 1000)
          FROM run r
          LEFT JOIN attempt a ON a.run_id = r.id AND a.attempt = 1 AND a.member = 0
          JOIN node n ON n.id = '%s'
         WHERE r.id IN (%s)
        """
        .formatted(node, runs.stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  private static String lateness(String node) {
    return """
        SELECT greatest(0, coalesce(ceil(max(extract(epoch FROM
                 r.created_at - least(r.nominal_at, r.stretch_from))) * 1000), 0))
          FROM run r
          JOIN job j ON j.uid = r.job_uid AND j.name = '%s'
          JOIN node n ON n.id = '%s'
         WHERE r.nominal_at > n.heartbeat_at
           AND r.nominal_at < n.heartbeat_at + interval '25 seconds'
        """
        .formatted(PULSE, node);
  }

  private List<Long> numbers(String sql) {
    return History.texts(cluster.postgres(), sql).stream().map(Long::parseLong).toList();
  }
}
