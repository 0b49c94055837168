package io.oasis.bench.measure;

import io.oasis.bench.machine.Pause;
import io.oasis.bench.oasis.Batch;
import io.oasis.bench.oasis.HistorySeed;
import io.oasis.bench.peer.DueTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * The same beside a million enabled jobs that are not due, and on wish beside a long history; and
 * what those jobs cost while nothing is due.
 */
final class Scale {
  static final String IDLE = "idle";

  /** The other jobs are due between these, far away from any measurement. */
  private static final Duration FROM = Duration.ofHours(6);

  private static final Duration UNTIL = Duration.ofHours(18);
  private static final long IDLE_MILLIS = 30_000;
  private static final long SETTLE_MILLIS = 5_000;

  private Scale() {}

  /** Writes the other jobs, and the history. */
  static void fill(TestBed bed, OasisSession oasis) {
    int others = bed.options().size().others();
    if (others > 0) {
      long first = oasis.nowMicros() + micros(FROM);
      long apart = micros(UNTIL.minus(FROM)) / others;
      Batch batch = oasis.seed().daily(new DueTimes(first, apart, others));
      bed.say("  %,d other jobs are written".formatted(others));
      int history = bed.options().size().history();
      if (history > 0) {
        HistorySeed.write(
            oasis.cluster().database(),
            batch,
            history,
            LocalDate.ofInstant(bed.clock().instant(), ZoneOffset.UTC));
        bed.say("  %,d finished runs are written".formatted(history));
      }
    }
    oasis.cluster().database().execute("VACUUM ANALYZE");
    bed.postgres().checkpoint();
  }

  /** The processor time of a while in which nothing is due, as a share of one core. */
  static Map<String, Double> idle(OasisSession oasis) {
    Pause.millis(SETTLE_MILLIS);
    Cost before = oasis.cost();
    Pause.millis(IDLE_MILLIS);
    Cost used = oasis.cost().since(before);
    double all = IDLE_MILLIS * 1_000.0;
    return Map.of(
        "serverPercent", 100 * used.server().micros() / all,
        "executorPercent", 100 * used.executor().micros() / all,
        "postgresPercent", 100 * used.postgres().micros() / all);
  }

  private static long micros(Duration duration) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(duration));
  }
}
