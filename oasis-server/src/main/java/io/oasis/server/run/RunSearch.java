package io.oasis.server.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where a search for runs looks. The ledger has few indexes, because each costs every run; so a
 * search goes through the one that holds the fewest rows, newest first, and compares the rest.
 *
 * @param streams each has an index that holds its runs by id; none: by the jobs
 * @param states that the search is for; empty: all
 * @param jobs whose runs; empty: all
 */
record RunSearch(List<Stream> streams, Set<RunState> states, List<Long> jobs) {

  /** What an index holds, newest first. */
  enum Stream {
    /** Every run: the primary keys of the partitions. */
    ALL,
    /** Runs that are under way: {@code run_active}, which is small and has no order. */
    ACTIVE,
    /** Runs that ended in another way than well: {@code run_ended_otherwise}. */
    ENDED_OTHERWISE,
    /** Runs that somebody asked for: {@code run_by_hand}. */
    BY_HAND
  }

  static final Set<RunState> ACTIVE =
      EnumSet.of(RunState.QUEUED, RunState.DISPATCHED, RunState.RUNNING, RunState.KILLING);
  static final Set<RunState> ENDED_OTHERWISE =
      EnumSet.complementOf(
          EnumSet.of(
              RunState.SUCCEEDED,
              RunState.QUEUED,
              RunState.DISPATCHED,
              RunState.RUNNING,
              RunState.KILLING));

  /** More than these would each be asked for their newest runs; then the whole ledger is faster. */
  static final int FEW_JOBS = 100;

  /**
   * Chooses.
   *
   * @param filter what is looked for
   * @param jobs that the filter allows when they are few; empty: any, or too many to be named
   */
  static RunSearch of(RunFilter filter, List<Long> jobs) {
    Set<RunState> states = states(filter);
    if (!states.isEmpty() && !states.contains(RunState.SUCCEEDED)) {
      List<Stream> streams = new ArrayList<>();
      if (states.stream().anyMatch(ACTIVE::contains)) {
        streams.add(Stream.ACTIVE);
      }
      if (states.stream().anyMatch(ENDED_OTHERWISE::contains)) {
        streams.add(Stream.ENDED_OTHERWISE);
      }
      return new RunSearch(streams, states, jobs);
    }
    if (!filter.triggers().isEmpty() && !filter.triggers().contains(Trigger.SCHEDULE)) {
      return new RunSearch(List.of(Stream.BY_HAND), states, jobs);
    }
    boolean exact = states.isEmpty() && filter.triggers().isEmpty() && filter.node().isEmpty();
    return jobs.size() == 1 || (!jobs.isEmpty() && exact)
        ? new RunSearch(List.of(), states, jobs)
        : new RunSearch(List.of(Stream.ALL), states, jobs);
  }

  /** A run that succeeded has no reason. */
  private static Set<RunState> states(RunFilter filter) {
    return filter.states().isEmpty() && filter.reason().isPresent()
        ? EnumSet.complementOf(EnumSet.of(RunState.SUCCEEDED))
        : filter.states();
  }

  /** The list is in the order of the nominal times, and not of the ids. */
  boolean byJobs() {
    return streams.isEmpty();
  }
}
