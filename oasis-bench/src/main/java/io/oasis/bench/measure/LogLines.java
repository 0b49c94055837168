package io.oasis.bench.measure;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.machine.Pause;
import io.oasis.bench.oasis.Batch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Handlers that log as fast as they may: how many lines a second reach the database? */
final class LogLines {
  static final String NAME = "logs";

  private static final int RUNS = 8;
  private static final int LINES = 20_000;
  private static final int LEAD_SECONDS = 5;
  private static final long LOOK_MILLIS = 50;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String STORED =
      """
      SELECT coalesce(sum(l.last_seq - l.first_seq + 1), 0)
        FROM run r JOIN run_log l ON l.run_id = r.id AND l.nominal_at = r.nominal_at
       WHERE r.job_uid BETWEEN ? AND ?
      """;

  private LogLines() {}

  static Map<String, Double> run(OasisSession oasis) {
    Instant at =
        OasisSession.time(oasis.nowMicros())
            .plusSeconds(LEAD_SECONDS)
            .truncatedTo(ChronoUnit.SECONDS);
    Batch batch = oasis.seed().chatty(oasis.cluster(), at, RUNS, LINES);
    Cost before = oasis.cost();
    boolean stored =
        Pause.until(
            () ->
                oasis.cluster().database().number(STORED, batch.firstUid(), batch.lastUid())
                    >= (long) RUNS * LINES,
            LOOK_MILLIS,
            LIMIT);
    long end = oasis.nowMicros();
    if (!stored) {
      throw new BenchException("not all log lines are stored after " + LIMIT);
    }
    int lines = RUNS * LINES;
    Map<String, Double> figures = new HashMap<>(oasis.cost().since(before).perRun(lines));
    long first = oasis.awaitEnd(batch, LIMIT).check(oasis.cluster().takeCalls()).firstCallMicros();
    figures.put("linesPerSecond", lines / ((end - first) / 1e6));
    return figures;
  }
}
