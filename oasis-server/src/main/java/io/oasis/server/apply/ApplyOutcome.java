package io.oasis.server.apply;

import io.oasis.manifest.Problem;
import java.util.List;
import java.util.Map;

/** What became of applying or planning files. */
public sealed interface ApplyOutcome {
  /**
   * All of it was written; or nothing was, because there was nothing to change.
   *
   * @param plan what was done
   * @param ended what became of the runs of deleted jobs, by the job's uid
   */
  record Applied(Plan plan, Map<Long, Ended> ended) implements ApplyOutcome {}

  /** Nothing was written, as was asked for. */
  record Planned(Plan plan) implements ApplyOutcome {}

  /** Nothing was written: these are wrong. */
  record Invalid(List<Problem> problems) implements ApplyOutcome {}

  /** Nothing was written: these belong to other sources. */
  record Conflict(List<Ownership> owners) implements ApplyOutcome {}

  /** Nothing was written: the caller may touch another app only. */
  record OutOfScope(String object) implements ApplyOutcome {}

  /** Nothing was written: deleting needs more than was given. */
  record Unguarded(PruneGuard guard) implements ApplyOutcome {}

  /** Nothing was written: these have moved since the plan was saved. */
  record Stale(List<StaleObject> objects) implements ApplyOutcome {}

  /** Nothing was written: the files or options are not those that the saved plan was made from. */
  record OtherInput() implements ApplyOutcome {}

  /**
   * What became of the runs of a job that is gone.
   *
   * @param cancelled how many waited
   * @param running ids of those that are under way
   */
  record Ended(int cancelled, List<Long> running) {}
}
