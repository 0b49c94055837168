package io.oasis.server.apply;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.Manifest.JobManifest;
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

  /** Saves it, or says why not. */
  public EditOutcome<ThreeWay> save(Edit edit) {
    return database.call(tx -> save(tx, edit));
  }

  private EditOutcome<ThreeWay> save(Tx tx, Edit edit) {
    jobs.lock(tx);
    ManagedJob now = jobs.current(tx, List.of(edit.key())).get(edit.key());
    if (edit.base().isEmpty() && now != null) {
      return new EditOutcome.Exists<>();
    }
    if (edit.base().isPresent() && now == null) {
      return new EditOutcome.Missing<>();
    }
    if (edit.base().orElse(null) instanceof Base.Revision base
        && (base.uid() != now.uid() || base.revision() != now.revision())) {
      return applier
          .document(edit.request(), JobManifest.class)
          .<EditOutcome<ThreeWay>>map(
              yours -> new EditOutcome.Stale<>(threeWay(tx, base, now, yours)))
          .orElseGet(() -> EditOutcome.of(applier.applyLocked(tx, edit.request())));
    }
    return EditOutcome.of(applier.applyLocked(tx, edit.request()));
  }

  private ThreeWay threeWay(Tx tx, Base.Revision base, ManagedJob now, JobManifest yours) {
    Optional<JobRevision> old =
        base.uid() == now.uid()
            ? history.revision(tx, now.key(), base.revision())
            : Optional.empty();
    JobRevision theirs = history.revision(tx, now.key(), now.revision()).orElseThrow();
    return ThreeWay.of(old, theirs, yours, marks.marks(tx));
  }
}
