package io.oasis.bench.measure;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.machine.FsyncProbe;
import io.oasis.bench.machine.Machine;
import io.oasis.bench.postgres.Ceiling;
import io.oasis.bench.report.Figures;
import io.oasis.bench.report.Journal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The interleaved rounds: what the disk and PostgreSQL can do at this moment, then every contender
 * in its own fresh process, in another order each time.
 */
public final class Rounds {
  /** The measure of jobs that are all due at once. */
  public static final String THROUGHPUT = "throughput";

  /** What the measures of evenly spread jobs begin with; their rate follows. */
  public static final String LATENESS = "lateness-";

  /** The first batch of new processes follows a measure's name with this. */
  public static final String COLD = "-cold";

  /** A million other jobs or a long history follow a measure's name with this. */
  public static final String AT_SCALE = "-at-scale";

  /** The rate at which contenders are compared. */
  public static final int COMPARED_RATE = 1_000;

  private static final List<Integer> RATES = List.of(100, 500, COMPARED_RATE, 2_000);

  /** The contender of the ceiling. */
  public static final String POSTGRES = "postgres";

  private final TestBed bed;
  private final Ceiling ceiling;
  private int round;

  /** On a test bed. */
  public Rounds(TestBed bed) {
    this.bed = bed;
    this.ceiling = new Ceiling(bed.postgres(), bed.folder());
  }

  /** What asks for the ceiling, in words. */
  public String ceilingAsker() {
    return ceiling.asker();
  }

  /** Begins a round: probes the disk, and asks PostgreSQL for its ceiling. */
  int begin() {
    Map<String, Double> figures = new HashMap<>();
    figures.put("rowsPerSecond", ceiling.rowsPerSecond(ceilingRows()));
    return begin(figures);
  }

  /** Begins a round of something that is not compared with anybody: probes the disk alone. */
  int probe() {
    return begin(new HashMap<>());
  }

  private int begin(Map<String, Double> figures) {
    round++;
    figures.put(Journal.PROBE, FsyncProbe.medianMicros(bed.folder()));
    figures.put("load", Machine.load());
    bed.note(Journal.CEILING, POSTGRES, round, figures);
    bed.say("round %d: %s".formatted(round, Figures.all(figures)));
    return round;
  }

  private int ceilingRows() {
    return Contender.RAW.jobs(bed.options().size().jobs());
  }

  /** All rounds of the comparison. */
  public void compare() {
    for (int i = 0; i < bed.options().rounds(); i++) {
      if (!bed.hasTime()) {
        bed.say("the time is up (--at-most): no further rounds");
        return;
      }
      List<Contender> order = new ArrayList<>(bed.options().contenders());
      Collections.rotate(order, i);
      int number = begin();
      for (Contender contender : order) {
        try {
          measure(contender, number);
        } catch (BenchException e) {
          if (contender == Contender.OASIS) {
            throw e;
          }
          // Without this figure of another contender the others still say something.
          bed.say("  no figure of %s: %s".formatted(contender.word(), e.getMessage()));
        }
      }
    }
  }

  private void measure(Contender contender, int number) {
    boolean burst = contender == Contender.OASIS && wanted(Measure.BURST);
    if (!wanted(Measure.THROUGHPUT) && !wanted(Measure.LATENESS) && !burst) {
      return;
    }
    int jobs = contender.jobs(bed.options().size().jobs());
    try (Session session = contender.open(bed)) {
      Map<String, Double> first = WarmUp.run(session, jobs, bed.options().size().warmUp());
      if (wanted(Measure.THROUGHPUT)) {
        if (contender == Contender.OASIS) {
          note(THROUGHPUT + COLD, contender, number, first);
        }
        note(THROUGHPUT, contender, number, session.throughput(jobs));
      }
      if (wanted(Measure.LATENESS) && (contender.keepsRate() || number == 1)) {
        int seconds = bed.options().size().seconds();
        for (int rate : contender == Contender.OASIS ? RATES : List.of(COMPARED_RATE)) {
          int shorter = rate == COMPARED_RATE ? seconds : (seconds + 1) / 2;
          note(LATENESS + rate, contender, number, session.lateness(rate, shorter));
        }
      }
      if (burst && session instanceof OasisSession oasis) {
        note(CronBurst.NAME, contender, number, CronBurst.run(oasis, CronBurst.JOBS));
      }
    }
  }

  private boolean wanted(Measure measure) {
    return bed.options().measures().contains(measure);
  }

  private void note(String measure, Contender contender, int number, Map<String, Double> figures) {
    bed.note(measure, contender.word(), number, figures);
    bed.say("  %s %s: %s".formatted(contender.word(), measure, Figures.brief(figures)));
  }
}
