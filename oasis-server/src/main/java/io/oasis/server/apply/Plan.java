package io.oasis.server.apply;

import java.util.List;

/**
 * What manifests would change, in the order of the documents, apps first.
 *
 * @param steps one for each document
 */
public record Plan(List<PlanStep> steps) {

  /** How many steps do this. */
  public int count(PlanStep.Action action) {
    return (int) steps.stream().filter(step -> step.action() == action).count();
  }

  /** True when applying it writes nothing. */
  public boolean isEmpty() {
    return count(PlanStep.Action.UNCHANGED) == steps.size();
  }

  /** The steps of apps. */
  public List<PlanStep.AppStep> apps() {
    return steps.stream()
        .filter(PlanStep.AppStep.class::isInstance)
        .map(PlanStep.AppStep.class::cast)
        .toList();
  }

  /** The steps of jobs. */
  public List<PlanStep.JobStep> jobs() {
    return steps.stream()
        .filter(PlanStep.JobStep.class::isInstance)
        .map(PlanStep.JobStep.class::cast)
        .toList();
  }
}
