package io.oasis.server.run;

import io.oasis.manifest.JobKey;
import io.oasis.server.identity.Reach;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs the log center shows; empty parts do not filter.
 *
 * @param apps whose runs
 * @param job one job
 * @param states any of these
 * @param triggers any of these
 * @param node id of a node
 * @param from nominal time at or after this
 * @param to nominal time before this
 * @param reason why a run is in its state; a run that succeeded has none
 * @param text is part of the name or the title of the job, in any case
 */
public record RunFilter(
    Reach apps,
    Optional<JobKey> job,
    Set<RunState> states,
    Set<Trigger> triggers,
    Optional<String> node,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<ReasonCode> reason,
    Optional<String> text) {
  public static final RunFilter ALL = ofApps(new Reach.Everything());

  /** All runs of some apps. */
  public static RunFilter ofApps(Reach apps) {
    return new RunFilter(
        apps,
        Optional.empty(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The runs of one job. */
  public static RunFilter ofJob(JobKey job) {
    return new RunFilter(
        new Reach.Everything(),
        Optional.of(job),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same filter for other states. */
  public RunFilter withStates(Set<RunState> only) {
    return new RunFilter(apps, job, only, triggers, node, from, to, reason, text);
  }

  /** The same filter from a nominal time on. */
  public RunFilter since(Instant first) {
    return new RunFilter(apps, job, states, triggers, node, Optional.of(first), to, reason, text);
  }
}
