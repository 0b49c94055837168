package io.oasis.server.apply;

import io.oasis.manifest.AppSpec;
import io.oasis.manifest.FieldChange;
import io.oasis.manifest.JobKey;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.job.Firing;
import io.oasis.server.job.ManagedJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What becomes of one document. */
public sealed interface PlanStep {

  /** What is done. */
  enum Action {
    CREATE,
    CHANGE,
    UNCHANGED
  }

  Action action();

  /** What differs, in the order of the normal form; empty unless the action is a change. */
  List<FieldChange> fields();

  /**
   * An App document.
   *
   * @param before as it is; empty when it is to be made
   */
  record AppStep(
      String name,
      Action action,
      List<FieldChange> fields,
      AppSpec wanted,
      Optional<ManagedApp> before)
      implements PlanStep {}

  /**
   * A Job document.
   *
   * @param wanted what the document says
   * @param before as it is; empty when it is to be made
   * @param revision after the step
   * @param enabled after the step
   * @param timing what the step does to its fires
   */
  record JobStep(
      Action action,
      List<FieldChange> fields,
      JobManifest wanted,
      Optional<ManagedJob> before,
      int revision,
      boolean enabled,
      Timing timing)
      implements PlanStep {

    /** App and name. */
    public JobKey key() {
      return wanted.key();
    }

    /** True when the spec or the labels change, and not only who owns the job. */
    public boolean isNewRevision() {
      return before.isEmpty() || before.get().revision() != revision;
    }
  }

  /**
   * What a step does to the fires of a job.
   *
   * @param firing the new next time; empty: it stays as it is
   * @param anchor default anchor of a fixed rate
   * @param fires what comes and goes within the horizon; empty when the schedule stays
   */
  record Timing(Optional<Firing> firing, Instant anchor, Optional<FireChange> fires) {}

  /**
   * Fires that come and go within the horizon of a plan.
   *
   * @param removed times at which it would have fired and will not
   * @param added times at which it will fire and would not have
   * @param first the first time that is added
   */
  record FireChange(long removed, long added, Optional<Instant> first) {}
}
