package io.oasis.it.chaos;

import java.util.Locale;

/**
 * Something that the plan does to the cluster.
 *
 * @param atMillis when, counted from the first nominal time
 * @param kind what
 * @param target which server or executor, from 0; the number of jobs or runs for others
 * @param forMillis how long until it is undone; 0 when there is nothing to undo
 */
record Act(long atMillis, Kind kind, int target, long forMillis) {

  /** What can be done, and whom it hits. */
  enum Kind {
    KILL_SERVER(Whom.SERVER, 4),
    STOP_SERVER(Whom.SERVER, 1),
    SUSPEND_SERVER(Whom.SERVER, 1),
    KILL_EXECUTOR(Whom.EXECUTOR, 4),
    DRAIN_EXECUTOR(Whom.EXECUTOR, 3),
    SUSPEND_EXECUTOR(Whom.EXECUTOR, 2),
    CUT_EXECUTOR(Whom.EXECUTOR, 2),
    KILL_RUNS(Whom.JOBS, 2),
    TRIGGER_JOBS(Whom.JOBS, 2),
    STOP_DATABASE(Whom.ALL, 0),
    EDIT_JOBS(Whom.JOBS, 0),
    DISABLE_JOBS(Whom.JOBS, 0);

    /** Who is hit. */
    enum Whom {
      SERVER,
      EXECUTOR,
      JOBS,
      ALL
    }

    final Whom whom;

    /** How often it is drawn, compared with the others. */
    final int weight;

    Kind(Whom whom, int weight) {
      this.whom = whom;
      this.weight = weight;
    }
  }

  long endMillis() {
    return atMillis + forMillis;
  }

  @Override
  public String toString() {
    var words = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    var who =
        switch (kind.whom) {
          case SERVER, EXECUTOR -> " " + (target + 1);
          case JOBS -> " (" + target + ")";
          case ALL -> "";
        };
    var until = forMillis == 0 ? "" : " for %.1f s".formatted(forMillis / 1000.0);
    return "%6.1f s  %s%s%s".formatted(atMillis / 1000.0, words, who, until);
  }
}
