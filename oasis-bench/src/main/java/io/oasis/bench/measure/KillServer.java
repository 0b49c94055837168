package io.oasis.bench.measure;

import io.oasis.bench.machine.Pause;
import io.oasis.bench.oasis.Batch;
import io.oasis.bench.oasis.LedgerProof;
import io.oasis.bench.oasis.SlowestRuns;
import io.oasis.bench.peer.DueTimes;
import io.oasis.bench.report.Lateness;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Two servers and two executors at a thousand jobs a second; one of the servers is killed in the
 * middle. Every job must have run exactly once all the same.
 */
final class KillServer {
  static final String NAME = "kill";

  private static final int SECONDS = 20;
  private static final int KILL_AFTER_SECONDS = 8;
  private static final int LEAD_SECONDS = 4;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** From when a run could have been done at the earliest, to when it was. */
  private static final String LONGEST =
      """
      SELECT (extract(epoch FROM max(finished_at - greatest(nominal_at,
               timestamptz 'epoch' + ?::bigint * interval '1 microsecond'))) * 1000000)::bigint
        FROM run WHERE job_uid BETWEEN ? AND ?
         AND finished_at >= timestamptz 'epoch' + ?::bigint * interval '1 microsecond'
      """;

  private KillServer() {}

  static Map<String, Double> run(TestBed bed, int perSecond) {
    try (OasisSession oasis = OasisSession.open(bed, bed.postgres().fresh("bench_kill"), 2)) {
      oasis.throughput(bed.options().size().jobs() / 4);
      DueTimes due = Session.soon(oasis.nowMicros(), LEAD_SECONDS, perSecond, SECONDS);
      Batch batch = oasis.seed().daily(due);
      Pause.until(
          OasisSession.time(due.firstMicros()).plusSeconds(KILL_AFTER_SECONDS), bed.clock());
      long killed = oasis.nowMicros();
      // The first one answers REST to this process.
      oasis.cluster().servers().get(1).process().kill();
      LedgerProof proof = oasis.awaitEnd(batch, LIMIT);
      SlowestRuns.tell(oasis.cluster(), batch, killed, bed.folder().resolve("kill-slowest.txt"));
      LedgerProof.Found found = proof.check(oasis.cluster().takeCalls());
      Map<String, Double> figures =
          new HashMap<>(
              Lateness.figures(found.lateMicros().stream().mapToLong(Long::longValue).toArray()));
      figures.put(
          "longestSeconds",
          oasis
                  .cluster()
                  .database()
                  .number(LONGEST, killed, batch.firstUid(), batch.lastUid(), killed)
              / 1e6);
      figures.put("repeatedRuns", (double) found.repeated());
      return figures;
    }
  }
}
