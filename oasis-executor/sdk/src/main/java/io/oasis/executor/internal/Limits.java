package io.oasis.executor.internal;

import io.oasis.executor.v1.Welcome;
import java.time.Duration;

/**
 * What the server asked for in its Welcome. A number that it left out has a default.
 *
 * @param heartbeat how often to say that we live
 * @param lease for how long the server believes it
 * @param batchLines lines in one batch at most
 * @param lineBytes bytes of UTF-8 in one line at most
 * @param resultBytes bytes of UTF-8 in a result at most
 * @param linesPerRun lines of one attempt before its middle is cut away
 */
record Limits(
    Duration heartbeat,
    Duration lease,
    int batchLines,
    int lineBytes,
    int resultBytes,
    long linesPerRun) {
  private static final Duration SHORTEST = Duration.ofMillis(50);

  static Limits of(Welcome welcome) {
    Duration heartbeat = WireTime.duration(welcome.getHeartbeatInterval());
    Duration lease = WireTime.duration(welcome.getLease());
    return new Limits(
        heartbeat.compareTo(SHORTEST) < 0 ? Duration.ofSeconds(5) : heartbeat,
        lease.compareTo(SHORTEST) < 0 ? Duration.ofSeconds(15) : lease,
        positive(welcome.getLogBatchLines(), 500),
        positive(welcome.getLogLineBytes(), 8 * 1024),
        positive(welcome.getResultBytes(), 64 * 1024),
        welcome.getLogLinesPerRun() > 0 ? welcome.getLogLinesPerRun() : 100_000);
  }

  private static int positive(int given, int fallback) {
    return given > 0 ? given : fallback;
  }
}
