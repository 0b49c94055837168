package io.oasis.server.apply;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.Manifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Manifest.Location;
import io.oasis.manifest.Problem;
import io.oasis.manifest.SpecForm;
import io.oasis.phrase.Saying;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobDraft;
import io.oasis.server.job.JobRevision;
import io.oasis.server.job.JobWriter;
import io.oasis.server.job.Jobs;
import io.oasis.server.job.ManagedJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Makes a job be what an earlier revision of it was, as a new revision: history is never rewritten.
 * It goes through the same plan and the same writer as an apply, so that it does to time what an
 * apply of that revision's manifest would do.
 */
@ApplicationScoped
public class Rollback {
  private static final Logger LOG = Logger.getLogger(Rollback.class);

  private final Database database;
  private final PlanInput input;
  private final Jobs history;
  private final JobWriter jobs;
  private final PlanWriter writer;
  private final AuditTrail audit;

  public Rollback(
      Database database,
      PlanInput input,
      Jobs history,
      JobWriter jobs,
      PlanWriter writer,
      AuditTrail audit) {
    this.database = database;
    this.input = input;
    this.history = history;
    this.jobs = jobs;
    this.writer = writer;
    this.audit = audit;
  }

  /**
   * Asks for a job to go back.
   *
   * @param to the revision that it shall be like
   * @param by who asks
   * @param reason for the audit trail
   * @param override true when a job that a source owns may be changed by hand: it then differs from
   *     its source until the source applies again
   * @param write false: only say what would happen
   * @param horizon how far the plan looks ahead at fires
   */
  public record Request(
      JobKey key,
      int to,
      String by,
      Optional<String> reason,
      boolean override,
      boolean write,
      Duration horizon) {}

  /** What became of it. */
  public sealed interface Outcome {
    /** It is done, or would be. */
    record Done(Plan plan, boolean written, Optional<String> owner) implements Outcome {}

    record NoSuchJob() implements Outcome {}

    /**
     * The job never had that revision.
     *
     * @param newest that it has
     */
    record NoSuchRevision(int newest) implements Outcome {}

    /** A source owns the job, and nothing was said of an override. */
    record Owned(String owner) implements Outcome {}

    /** That revision cannot be any more, for example because its only time is over. */
    record Invalid(List<Problem> problems) implements Outcome {}
  }

  /** Plans, and writes if that is asked for, in one transaction. */
  public Outcome run(Request request) {
    return database.call(tx -> run(tx, request));
  }

  private Outcome run(Tx tx, Request request) {
    if (request.write()) {
      jobs.lock(tx);
    }
    JobKey key = request.key();
    ManagedJob now = jobs.current(tx, List.of(key)).get(key);
    if (now == null) {
      return new Outcome.NoSuchJob();
    }
    Optional<JobRevision> wanted = history.revision(tx, key, request.to());
    if (wanted.isEmpty()) {
      return new Outcome.NoSuchRevision(now.revision());
    }
    ApplyRequest edit =
        new ApplyRequest(
            List.of(),
            origin(request),
            new Reach.Everything(),
            request.horizon(),
            ApplyOptions.BY_HAND);
    List<Manifest> manifests;
    try {
      manifests = List.of(manifest(key, wanted.get()));
    } catch (RuntimeException e) {
      // Whatever the reader stumbles over: a newer server wrote it, or a hand in the database.
      return new Outcome.Invalid(List.of(unreadable(wanted.get(), e)));
    }
    return switch (Planner.plan(
        manifests, input.read(tx, manifests, edit), input.rules(tx, edit))) {
      case PlanOutcome.Planned(Plan plan) -> finish(tx, request, now, plan);
      case PlanOutcome.Invalid(var problems) -> new Outcome.Invalid(problems);
      case PlanOutcome.Conflict(var owners) -> new Outcome.Owned(owners.get(0).owner());
    };
  }

  private Outcome finish(Tx tx, Request request, ManagedJob now, Plan plan) {
    if (plan.isEmpty()) {
      return new Outcome.Done(plan, request.write(), now.source());
    }
    if (request.write() && now.source().isPresent() && !request.override()) {
      return new Outcome.Owned(now.source().get());
    }
    if (request.write()) {
      write(tx, request, now, plan);
    }
    return new Outcome.Done(plan, request.write(), now.source());
  }

  private void write(Tx tx, Request request, ManagedJob now, Plan plan) {
    writer.write(tx, plan, origin(request));
    int revision = plan.jobs().get(0).revision();
    Map<String, Object> after = new LinkedHashMap<>();
    after.put("revision", revision);
    after.put("like", request.to());
    request.reason().ifPresent(text -> after.put("reason", text));
    now.source().ifPresent(owner -> after.put("overrides", owner));
    audit.write(
        tx,
        request.by(),
        "job.rollback",
        "job " + request.key(),
        Optional.of(Map.of("revision", now.revision())),
        Optional.of(after));
    LOG.infof(
        "job=%s revision=%d is like revision %d by=%s",
        request.key(), revision, request.to(), request.by());
  }

  private static JobDraft.Origin origin(Request request) {
    return JobDraft.Origin.byHand(request.by(), JobDraft.Via.API, request.reason());
  }

  private static Problem unreadable(JobRevision revision, RuntimeException why) {
    return Problem.at(
        new Location("revision " + revision.revision(), 1, 1),
        "spec",
        Saying.SPEC_UNREADABLE.of(
            String.valueOf(why.getMessage()).lines().findFirst().orElse("").replace("  ", ": ")),
        Saying.CHOOSE_OTHER_REVISION.of());
  }

  private static JobManifest manifest(JobKey key, JobRevision revision) {
    return new JobManifest(
        key,
        revision.labels(),
        SpecForm.fromMap(revision.spec()),
        new Location("revision " + revision.revision(), 1, 1));
  }
}
