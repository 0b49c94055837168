package io.oasis.bench.measure;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.peer.dbscheduler.DbSchedulerPeer;
import io.oasis.bench.peer.jobrunr.JobRunrPeer;
import io.oasis.bench.peer.quartz.QuartzPeer;
import io.oasis.bench.peer.raw.RawPeer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who is compared. */
public enum Contender {
  /** Server and executor as real processes over gRPC. */
  OASIS("oasis", 1),
  /** db-scheduler with lock-and-fetch, tuned. */
  DB_SCHEDULER("db-scheduler", 1),
  /** db-scheduler with its default way of polling. */
  DB_SCHEDULER_FETCH("db-scheduler-fetch", 0.5),
  /** JobRunr. */
  JOBRUNR("jobrunr", 0.2),
  /** Quartz, tuned. */
  QUARTZ("quartz", 0.05),
  /** Quartz as it comes. */
  QUARTZ_UNTUNED("quartz-untuned", 0.02),
  /** SQL alone. */
  RAW("raw", 5);

  private final String word;
  private final double share;

  Contender(String word, double share) {
    this.word = word;
    this.share = share;
  }

  /** What it is called in flags and figures. */
  public String word() {
    return word;
  }

  /** How many jobs it gets, so that each takes seconds and none minutes. */
  int jobs(int asked) {
    return (int) Math.max(20, asked * share);
  }

  /**
   * Whether it keeps up with a thousand jobs a second, or nearly. How many seconds the others are
   * behind is measured in the first round only.
   */
  boolean keepsRate() {
    return this == OASIS || this == DB_SCHEDULER || this == RAW;
  }

  /** The contenders that a list names; "all" is everybody. */
  public static List<Contender> parse(String list) {
    Set<Contender> found = new LinkedHashSet<>();
    for (String name : list.split(",", -1)) {
      List<Contender> named =
          Arrays.stream(values()).filter(c -> name.equals("all") || c.word.equals(name)).toList();
      if (named.isEmpty()) {
        throw new BenchException(
            "there is no contender \""
                + name
                + "\"; there are: "
                + String.join(", ", Arrays.stream(values()).map(Contender::word).toList()));
      }
      found.addAll(named);
    }
    return List.copyOf(found);
  }

  Session open(TestBed bed) {
    return switch (this) {
      case OASIS -> OasisSession.open(bed);
      case DB_SCHEDULER -> PeerSession.open(bed, this, DbSchedulerPeer.class, "lock-and-fetch");
      case DB_SCHEDULER_FETCH -> PeerSession.open(bed, this, DbSchedulerPeer.class, "fetch");
      case JOBRUNR -> PeerSession.open(bed, this, JobRunrPeer.class, "default");
      case QUARTZ -> PeerSession.open(bed, this, QuartzPeer.class, "tuned");
      case QUARTZ_UNTUNED -> PeerSession.open(bed, this, QuartzPeer.class, "default");
      case RAW -> PeerSession.open(bed, this, RawPeer.class, "default");
    };
  }
}
