package io.oasis.server.apply;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Problem;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobRevision;
import io.oasis.server.job.JobWriter;
import io.oasis.server.job.Jobs;
import io.oasis.server.job.ManagedJob;
import io.oasis.server.secret.MarkKeyStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Edits one job by hand. Whoever edits says which revision was edited: what somebody else has saved
 * since is never overwritten in silence (GO10).
 */
@ApplicationScoped
public class JobEditor {
  private final Database database;
  private final JobWriter jobs;
  private final Jobs history;
  private final Applier applier;
  private final MarkKeyStore marks;

  public JobEditor(
      Database database, JobWriter jobs, Jobs history, Applier applier, MarkKeyStore marks) {
    this.database = database;
    this.jobs = jobs;
    this.history = history;
    this.applier = applier;
    this.marks = marks;
  }

  /**
   * Asks for a job to be as one document says.
   *
   * @param key of the job
   * @param base what was edited; empty: the job is to be made
   * @param request one document of this job; its options say whether a source's job may be edited
   */
  public record Edit(JobKey key, Optional<Base> base, ApplyRequest request) {}

  /** What was edited. */
  public sealed interface Base {
    /** One revision of one job. */
    record Revision(long uid, int revision) implements Base {}

    /** Whatever there is: somebody else's change may be overwritten. */
    record Any() implements Base {}
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** It is as the document says; an empty plan says that it was so already. */
    record Saved(Plan plan) implements Outcome {}

    /** Somebody else saved it first. */
    record Stale(ThreeWay views) implements Outcome {}

    record Invalid(List<Problem> problems) implements Outcome {}

    /** A source owns it, and nothing was said of an override. */
    record Owned(Ownership owner) implements Outcome {}

    record NoSuchJob() implements Outcome {}

    /** It was to be made and is there. */
    record Exists() implements Outcome {}

    /** The caller may not touch its app. */
    record OutOfScope(String object) implements Outcome {}
  }

  /** Saves it, or says why not. */
  public Outcome save(Edit edit) {
    return database.call(tx -> save(tx, edit));
  }

  private Outcome save(Tx tx, Edit edit) {
    jobs.lock(tx);
    ManagedJob now = jobs.current(tx, List.of(edit.key())).get(edit.key());
    if (edit.base().isEmpty() && now != null) {
      return new Outcome.Exists();
    }
    if (edit.base().isPresent() && now == null) {
      return new Outcome.NoSuchJob();
    }
    if (edit.base().orElse(null) instanceof Base.Revision base
        && (base.uid() != now.uid() || base.revision() != now.revision())) {
      return applier
          .document(edit.request(), JobManifest.class)
          .<Outcome>map(yours -> new Outcome.Stale(threeWay(tx, base, now, yours)))
          .orElseGet(() -> written(applier.applyLocked(tx, edit.request())));
    }
    return written(applier.applyLocked(tx, edit.request()));
  }

  private ThreeWay threeWay(Tx tx, Base.Revision base, ManagedJob now, JobManifest yours) {
    Optional<JobRevision> old =
        base.uid() == now.uid()
            ? history.revision(tx, now.key(), base.revision())
            : Optional.empty();
    JobRevision theirs = history.revision(tx, now.key(), now.revision()).orElseThrow();
    return ThreeWay.of(old, theirs, yours, marks.marks(tx));
  }

  private static Outcome written(ApplyOutcome outcome) {
    return switch (outcome) {
      case ApplyOutcome.Applied applied -> new Outcome.Saved(applied.plan());
      case ApplyOutcome.Invalid(var problems) -> new Outcome.Invalid(problems);
      case ApplyOutcome.Conflict(var owners) -> new Outcome.Owned(owners.get(0));
      case ApplyOutcome.OutOfScope(var object) -> new Outcome.OutOfScope(object);
      case ApplyOutcome.Planned planned -> throw unexpected(outcome);
      case ApplyOutcome.Unguarded unguarded -> throw unexpected(outcome);
      case ApplyOutcome.Stale stale -> throw unexpected(outcome);
      case ApplyOutcome.OtherInput other -> throw unexpected(outcome);
    };
  }

  /** An edit deletes nothing and has no saved plan. */
  private static IllegalStateException unexpected(ApplyOutcome outcome) {
    return new IllegalStateException("an edit came to " + outcome);
  }
}
