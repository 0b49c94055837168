package io.oasis.bench.measure;

import io.oasis.bench.machine.Memory;
import io.oasis.bench.machine.Pause;
import io.oasis.bench.oasis.Batch;
import io.oasis.bench.oasis.Call;
import io.oasis.bench.oasis.ClaimProbe;
import io.oasis.bench.oasis.LedgerProof;
import io.oasis.bench.peer.DueTimes;
import io.oasis.bench.report.Figures;
import io.oasis.bench.report.Lateness;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Minutes at a thousand jobs a second: so many jobs at a fixed rate that each of them comes up once
 * in a thousand seconds or so. Afterwards it is asked how long a claim takes.
 */
public final class Soak {
  /** How long a claim takes beside a million jobs that have fired. */
  static final String CLAIM = "claim";

  private static final String NAME = "soak";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int SECONDS_PER_MINUTE = 60;

  /** Of the tables and indexes, without the write-ahead log. */
  private static final String SIZE = "SELECT pg_database_size(current_database())";

  private Soak() {}

  /** The figures go to the journal. */
  public static void run(TestBed bed) {
    Rounds rounds = new Rounds(bed);
    int round = rounds.begin();
    int perSecond = Rounds.COMPARED_RATE;
    int seconds = bed.options().size().minutes().soak() * SECONDS_PER_MINUTE;
    int jobs = Math.max(bed.options().size().others(), perSecond * seconds);
    try (OasisSession oasis = OasisSession.open(bed)) {
      oasis.throughput(bed.options().size().jobs());
      // A million jobs take a minute or two to write.
      int lead = 30 + jobs / 5_000;
      DueTimes all = Session.soon(oasis.nowMicros(), lead, perSecond, jobs / perSecond);
      Batch batch =
          oasis.seed().soaking(oasis.cluster(), all, jobs / perSecond).first(perSecond * seconds);
      oasis.warnWhenLate(all);
      bed.say("  %,d jobs are written".formatted(jobs));
      Pause.until(OasisSession.time(all.firstMicros()).minusSeconds(1), bed.clock());
      double mib = Memory.residentMib(oasis.cluster().servers().getFirst().process().pid());
      long bytes = oasis.cluster().database().number(SIZE);
      Cost before = oasis.cost();
      Pause.until(OasisSession.time(batch.due().lastMicros()), bed.clock());
      LedgerProof proof = oasis.awaitEnd(batch, LIMIT);
      Map<String, Double> figures = new HashMap<>(oasis.cost().since(before).perRun(batch.size()));
      double mibAfter = Memory.residentMib(oasis.cluster().servers().getFirst().process().pid());
      figures.put("serverMib", mibAfter);
      figures.put("serverGrowthMib", mibAfter - mib);
      long grown = oasis.cluster().database().number(SIZE) - bytes;
      figures.put("diskBytesPerRun", (double) grown / batch.size());
      List<Call> calls =
          oasis.cluster().takeCalls().stream()
              .filter(call -> call.dueMicros() <= batch.due().lastMicros())
              .toList();
      LedgerProof.Found found = proof.check(calls);
      figures.putAll(
          Lateness.figures(found.lateMicros().stream().mapToLong(Long::longValue).toArray()));
      note(bed, NAME, round, figures);
      note(bed, CLAIM, round, ClaimProbe.run(oasis.cluster().database()));
    }
  }

  private static void note(TestBed bed, String measure, int round, Map<String, Double> figures) {
    bed.note(measure, Contender.OASIS.word(), round, figures);
    bed.say("  %s: %s".formatted(measure, Figures.all(figures)));
  }
}
