package io.oasis.bench.measure;

import io.oasis.bench.peer.DueTimes;
import java.util.Map;

/** A contender that runs, for one round. Every method gives figures by name. */
interface Session extends AutoCloseable {
  /** The figure of a throughput that says from when until when it was counted. */
  String SECONDS = "seconds";

  /**
   * All jobs are due when they can be seen; from the first call of a handler until the last is done
   * and stored, or removed.
   */
  Map<String, Double> throughput(int jobs);

  /**
   * How late the handlers are called.
   *
   * @param perSecond jobs, evenly spread within the second
   * @param seconds for how long
   */
  Map<String, Double> lateness(int perSecond, int seconds);

  @Override
  void close();

  /** The figures of a throughput. */
  static Map<String, Double> rate(int jobs, long fromMicros, long toMicros) {
    double seconds = (toMicros - fromMicros) / 1e6;
    return Map.of("jobs", (double) jobs, SECONDS, seconds, "jobsPerSecond", jobs / seconds);
  }

  /** Whole seconds ahead, so that everything is written before the first is due. */
  static DueTimes soon(long nowMicros, int leadSeconds, int perSecond, int seconds) {
    long first = (nowMicros / 1_000_000 + leadSeconds + 1) * 1_000_000;
    return DueTimes.spread(first, perSecond, seconds);
  }
}
