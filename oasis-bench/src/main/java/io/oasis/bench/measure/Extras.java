package io.oasis.bench.measure;

import io.oasis.bench.oasis.ClaimProbe;
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
    if (wanted(Measure.SCALE)) {
      scale();
    }
    if (wanted(Measure.KILL)) {
      kill();
    }
    if (wanted(Measure.START)) {
      start();
    }
    if (wanted(Measure.LOGS)) {
      logs();
    }
  }

  private void kill() {
    for (int i = 0; i < bed.options().rounds(); i++) {
      note(KillServer.NAME, rounds.probe(), KillServer.run(bed, Rounds.COMPARED_RATE));
    }
  }

  private void logs() {
    try (OasisSession oasis = OasisSession.open(bed)) {
      LogLines.run(oasis);
      for (int i = 0; i < bed.options().rounds(); i++) {
        note(LogLines.NAME, rounds.probe(), LogLines.run(oasis));
      }
    }
  }

  private void start() {
    Database database = bed.postgres().fresh("bench_start");
    StartUp.prepare(bed, database);
    for (int i = 0; i < bed.options().rounds(); i++) {
      note(StartUp.NAME, rounds.probe(), StartUp.run(bed, database));
    }
  }

  private void scale() {
    int jobs = Contender.OASIS.jobs(bed.options().size().jobs());
    try (OasisSession oasis = OasisSession.open(bed)) {
      Scale.fill(bed, oasis);
      WarmUp.run(oasis, jobs, bed.options().size().warmUp());
      note(Scale.IDLE, rounds.probe(), Scale.idle(oasis));
      for (int i = 0; i < bed.options().rounds(); i++) {
        int round = rounds.probe();
        note(Rounds.THROUGHPUT + Rounds.AT_SCALE, round, oasis.throughput(jobs));
        note(
            Rounds.LATENESS + Rounds.COMPARED_RATE + Rounds.AT_SCALE,
            round,
            oasis.lateness(Rounds.COMPARED_RATE, bed.options().size().seconds()));
      }
      note(Soak.CLAIM, rounds.probe(), ClaimProbe.run(oasis.cluster().database()));
    }
  }

  private boolean wanted(Measure measure) {
    boolean asked = bed.options().measures().contains(measure);
    if (asked && !bed.hasTime()) {
      bed.say("%s is not measured: the time is up (--at-most)".formatted(measure.word()));
      return false;
    }
    return asked;
  }

  private void note(String measure, int round, Map<String, Double> figures) {
    bed.note(measure, OASIS, round, figures);
    bed.say("  %s: %s".formatted(measure, Figures.all(figures)));
  }
}
