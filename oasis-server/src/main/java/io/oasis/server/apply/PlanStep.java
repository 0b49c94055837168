package io.oasis.server.apply;

import io.oasis.manifest.AppSpec;
import io.oasis.manifest.FieldChange;
import io.oasis.manifest.JobKey;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.forecast.FireChange;
import io.oasis.server.job.Firing;
import io.oasis.server.job.ManagedJob;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What becomes of one object. */
public sealed interface PlanStep {

  /** What is done. */
  enum Action {
    CREATE,
    CHANGE,
    UNCHANGED,
    /** Deleted, because its source does not have it any more. */
    PRUNE;

    /** In lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Action action();

  /** {@code job billing/nightly}, under its name after the step. */
  String object();

  /** How the object is before the step; empty: it is not there. The same text, the same object. */
  Optional<String> base();

  /**
   * What differs, in the order of the normal form, values of secrets hidden; empty unless the
   * action is a change.
   */
  List<FieldChange> fields();

  /** What a reader should know of it, one line. */
  default Optional<String> note() {
    return Optional.empty();
  }

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
      implements PlanStep {
    @Override
    public String object() {
      return "app " + name;
    }

    @Override
    public Optional<String> base() {
      return before.map(ManagedApp::version);
    }
  }

  /**
   * A Job document.
   *
   * @param wanted what the document says
   * @param before as it is, perhaps under another name; empty when it is to be made
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
      Timing timing,
      Optional<String> note)
      implements PlanStep {

    /** App and name after the step. */
    public JobKey key() {
      return wanted.key();
    }

    /** Its name before the step, when it gets another one. */
    public Optional<JobKey> renamedFrom() {
      return before.map(ManagedJob::key).filter(old -> !old.equals(wanted.key()));
    }

    /** True when the spec, the labels or the name change, and not only who owns the job. */
    public boolean isNewRevision() {
      return before.isEmpty() || before.get().revision() != revision;
    }

    @Override
    public String object() {
      return "job " + wanted.key();
    }

    @Override
    public Optional<String> base() {
      return before.map(ManagedJob::version);
    }

    /** The same with a note, unless it has one. */
    JobStep withNote(String text) {
      return note.isPresent()
          ? this
          : new JobStep(
              action, fields, wanted, before, revision, enabled, timing, Optional.of(text));
    }
  }

  /**
   * A job that its source does not have any more.
   *
   * @param fires what goes within the horizon; empty when it is switched off
   */
  record JobPrune(ManagedJob before, Optional<FireChange> fires) implements PlanStep {
    @Override
    public Action action() {
      return Action.PRUNE;
    }

    @Override
    public List<FieldChange> fields() {
      return List.of();
    }

    @Override
    public String object() {
      return "job " + before.key();
    }

    @Override
    public Optional<String> base() {
      return Optional.of(before.version());
    }
  }

  /** An app that its source does not have any more. */
  record AppPrune(ManagedApp before) implements PlanStep {
    @Override
    public Action action() {
      return Action.PRUNE;
    }

    @Override
    public List<FieldChange> fields() {
      return List.of();
    }

    @Override
    public String object() {
      return "app " + before.name();
    }

    @Override
    public Optional<String> base() {
      return Optional.of(before.version());
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
}
