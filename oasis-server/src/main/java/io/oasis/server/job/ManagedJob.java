package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import io.oasis.schedule.FireTimes;
import io.oasis.schedule.Stretch;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A job as a manifest could have written it, with what a change of it depends on.
 *
 * @param uid of the row
 * @param labels sorted by key
 * @param enabled whether it is switched on now, which may differ from what its spec says
 * @param offAfter everything up to then has its row in the ledger; empty when it is switched on
 * @param revision of the spec
 * @param anchor default anchor of a fixed rate
 * @param source the Git source that owns it; empty: nobody's
 * @param appliedRevision the revision that its source applied last; empty: nobody owns it
 * @param unreadable set when its spec cannot be read, and {@link #spec} only stands for it
 * @param running true when a run of its schedule is under way or waits
 */
public record ManagedJob(
    long uid,
    JobKey key,
    Map<String, String> labels,
    JobSpec spec,
    Optional<UnreadableSpec> unreadable,
    boolean enabled,
    Optional<Instant> offAfter,
    int revision,
    Instant anchor,
    Optional<String> source,
    Optional<Integer> appliedRevision,
    boolean running) {

  /** True when a source owns it and somebody else changed it since the source applied it. */
  public boolean isOverridden() {
    return source.isPresent() && !appliedRevision.equals(Optional.of(revision));
  }

  /**
   * Names this state of the job: whoever changes, switches, takes over or re-makes it changes it.
   */
  public String version() {
    return uid + "." + revision + (enabled ? ".on" : ".off") + source.map(s -> "." + s).orElse("");
  }

  /**
   * The nominal times that passed while it was switched off and have no row yet; empty when there
   * are none. One that was claimed a moment before the job was switched off has its row.
   */
  public Optional<Stretch> missedWhileOff(Instant now) {
    return offAfter.flatMap(
        since -> FireTimes.missed(Firing.timing(key, spec, anchor), since, now));
  }
}
