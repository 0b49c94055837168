package io.oasis.server.apply;

import io.oasis.server.forecast.Overlap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What manifests would change, in the order of the documents, apps first; what is deleted comes
 * last.
 *
 * @param steps one for each document, and one for each object that is deleted
 * @param deletions how much goes; empty: nothing was asked to be deleted
 * @param overlaps serial jobs of these steps whose fires will come closer than their runs take
 * @param notes what else a reader should know, one line each
 * @param at the database's time when it was made
 * @param digest of the files and options that it was made from
 */
public record Plan(
    List<PlanStep> steps,
    Optional<Deletions> deletions,
    List<Overlap> overlaps,
    List<String> notes,
    Instant at,
    String digest) {

  /**
   * How much goes.
   *
   * @param count objects that go
   * @param owned objects that the source has
   */
  public record Deletions(int count, int owned) {
    /** Above this share somebody has to say yes to the number. */
    private static final int PERCENT_WITHOUT_YES = 30;

    /** True when somebody has to say yes to the number. */
    public boolean needsYes() {
      return count * 100L > (long) owned * PERCENT_WITHOUT_YES;
    }
  }

  /** How many steps do this. */
  public int count(PlanStep.Action action) {
    return (int) steps.stream().filter(step -> step.action() == action).count();
  }

  /** True when applying it writes nothing. */
  public boolean isEmpty() {
    return count(PlanStep.Action.UNCHANGED) == steps.size();
  }

  /** The steps of App documents. */
  public List<PlanStep.AppStep> apps() {
    return only(PlanStep.AppStep.class);
  }

  /** The steps of Job documents. */
  public List<PlanStep.JobStep> jobs() {
    return only(PlanStep.JobStep.class);
  }

  /** The jobs that are deleted. */
  public List<PlanStep.JobPrune> prunedJobs() {
    return only(PlanStep.JobPrune.class);
  }

  /** The apps that are deleted. */
  public List<PlanStep.AppPrune> prunedApps() {
    return only(PlanStep.AppPrune.class);
  }

  /** What applying it writes. */
  public List<ApplyOptions.Touched> touched() {
    return steps.stream()
        .filter(step -> step.action() != PlanStep.Action.UNCHANGED)
        .map(step -> new ApplyOptions.Touched(step.object(), step.action().word(), step.base()))
        .toList();
  }

  private <S extends PlanStep> List<S> only(Class<S> type) {
    return steps.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
