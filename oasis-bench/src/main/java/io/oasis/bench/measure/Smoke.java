package io.oasis.bench.measure;

/**
 * A small round that proves and does not measure: every run exactly once, its history complete,
 * none early; and one of the other contenders, so that the frame itself is tried.
 */
public final class Smoke {
  private static final int JOBS = 300;
  private static final int PER_SECOND = 50;
  private static final int SECONDS = 4;
  private static final int CRON_JOBS = 100;

  private Smoke() {}

  /** Ends with an exception when a promise is broken. */
  public static void run(TestBed bed) {
    Rounds rounds = new Rounds(bed);
    rounds.begin();
    try (OasisSession oasis = OasisSession.open(bed)) {
      oasis.throughput(JOBS);
      bed.say("  %d jobs that were due at once ran once".formatted(JOBS));
      oasis.lateness(PER_SECOND, SECONDS);
      bed.say("  %d jobs on each of %d seconds ran once".formatted(PER_SECOND, SECONDS));
      CronBurst.run(oasis, CRON_JOBS);
      bed.say("  %d cron jobs on one second ran once".formatted(CRON_JOBS));
    }
    for (Contender contender : new Contender[] {Contender.DB_SCHEDULER, Contender.RAW}) {
      try (Session session = contender.open(bed)) {
        session.throughput(JOBS);
        bed.say("  %d jobs of %s ran once".formatted(JOBS, contender.word()));
      }
    }
  }
}
