package io.oasis.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * All that the nominal times of one job depend on.
 *
 * @param schedule when it fires
 * @param window no nominal time outside of it
 * @param jitter cron and fixed-rate times are moved by a share of this; zero: none
 * @param jitterKey chooses the share; the same key always gives the same one
 * @param createdAt when the job was created: the anchor of a fixed rate that names none
 */
public record JobTiming(
    Schedule schedule, Window window, Duration jitter, String jitterKey, Instant createdAt) {
  public JobTiming {
    Objects.requireNonNull(schedule);
    Objects.requireNonNull(window);
    Objects.requireNonNull(jitter);
    Objects.requireNonNull(jitterKey);
    Objects.requireNonNull(createdAt);
  }

  /**
   * By how much this job's cron and fixed-rate times are moved: at least zero, less than the jitter
   * and than the interval of a fixed rate, in whole seconds. The share is a hash (FNV-1a) of the
   * key, so that it never changes and the jobs of a busy minute spread evenly.
   */
  public Duration jitterOffset() {
    long seconds = jitter.toSeconds();
    if (schedule instanceof Schedule.FixedRate rate) {
      // Not past the next time: the jobs of a busy minute shall spread over it, not beyond it.
      seconds = Math.min(seconds, rate.interval().toSeconds());
    }
    boolean fixed = schedule instanceof Schedule.Cron || schedule instanceof Schedule.FixedRate;
    if (seconds <= 1 || !fixed) {
      return Duration.ZERO;
    }
    long hash = 0xcbf29ce484222325L;
    for (byte b : jitterKey.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    return Duration.ofSeconds(Math.floorMod(hash, seconds));
  }
}
