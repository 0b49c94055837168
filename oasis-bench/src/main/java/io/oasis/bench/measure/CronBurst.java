package io.oasis.bench.measure;

import io.oasis.bench.machine.Pause;
import io.oasis.bench.oasis.Batch;
import io.oasis.bench.oasis.LedgerProof;
import io.oasis.bench.report.Lateness;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Many jobs whose cron expressions mean the same second: how late is the last one called? */
final class CronBurst {
  static final String NAME = "burst";

  /** As many as the target speaks of. */
  static final int JOBS = 1_000;

  /** Applying a thousand jobs takes seconds. */
  private static final int LEAD_SECONDS = 12;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private CronBurst() {}

  /** The jobs are applied by REST, as a user would. */
  static Map<String, Double> run(OasisSession oasis, int jobs) {
    Instant at =
        OasisSession.time(oasis.nowMicros())
            .plusSeconds(LEAD_SECONDS)
            .truncatedTo(ChronoUnit.SECONDS);
    Batch batch = oasis.seed().cron(oasis.cluster(), at, jobs);
    oasis.warnWhenLate(batch.due());
    Pause.until(at, oasis.clock());
    LedgerProof proof = oasis.awaitEnd(batch, LIMIT);
    LedgerProof.Found found = proof.check(oasis.cluster().takeCalls());
    return Lateness.figures(found.lateMicros().stream().mapToLong(Long::longValue).toArray());
  }
}
