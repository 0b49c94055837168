package io.oasis.bench.measure;

import io.oasis.bench.postgres.Database;
import io.oasis.bench.report.Figures;
import java.util.Map;

/** What is measured of Oasis alone, after the comparison. */
public final class Extras {
  private static final String OASIS = Contender.OASIS.word();

  private final TestBed bed;
  private final Rounds rounds;

  /** With the rounds that were begun before. */
  public Extras(TestBed bed, Rounds rounds) {
    this.bed = bed;
    this.rounds = rounds;
  }

  /** Everything that was asked for. */
  public void run() {
    if (wanted(Measure.LOGS)) {
      logs();
    }
    if (wanted(Measure.START)) {
      start();
    }
    if (wanted(Measure.KILL)) {
      note(KillServer.NAME, rounds.begin(), KillServer.run(bed, Rounds.COMPARED_RATE));
    }
    if (wanted(Measure.SCALE)) {
      scale();
    }
  }

  private void logs() {
    try (OasisSession oasis = OasisSession.open(bed)) {
      LogLines.run(oasis);
      for (int i = 0; i < bed.options().rounds(); i++) {
        note(LogLines.NAME, rounds.begin(), LogLines.run(oasis));
      }
    }
  }

  private void start() {
    Database database = bed.postgres().fresh("bench_start");
    // The first start makes the tables.
    StartUp.run(bed, database);
    for (int i = 0; i < bed.options().rounds(); i++) {
      note(StartUp.NAME, rounds.begin(), StartUp.run(bed, database));
    }
  }

  private void scale() {
    int jobs = Contender.OASIS.jobs(bed.options().size().jobs());
    try (OasisSession oasis = OasisSession.open(bed)) {
      Scale.fill(bed, oasis);
      oasis.throughput(jobs / 2);
      note(Scale.IDLE, rounds.begin(), Scale.idle(oasis));
      for (int i = 0; i < bed.options().rounds(); i++) {
        int round = rounds.begin();
        note(Rounds.THROUGHPUT + Rounds.AT_SCALE, round, oasis.throughput(jobs));
        note(
            Rounds.LATENESS + Rounds.COMPARED_RATE + Rounds.AT_SCALE,
            round,
            oasis.lateness(Rounds.COMPARED_RATE, bed.options().size().seconds()));
      }
    }
  }

  private boolean wanted(Measure measure) {
    return bed.options().measures().contains(measure);
  }

  private void note(String measure, int round, Map<String, Double> figures) {
    bed.note(measure, OASIS, round, figures);
    bed.say("  %s: %s".formatted(measure, Figures.all(figures)));
  }
}
