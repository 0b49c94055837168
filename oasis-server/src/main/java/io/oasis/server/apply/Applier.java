package io.oasis.server.apply;

import io.oasis.manifest.Manifest;
import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.Problem;
import io.oasis.manifest.ReadResult;
import io.oasis.manifest.SourceFile;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The door of the feature: plans files, and applies them in one transaction. */
@ApplicationScoped
public class Applier {
  private static final Logger LOG = Logger.getLogger(Applier.class);

  private final Database database;
  private final PlanInput input;
  private final JobWriter jobs;
  private final PlanWriter writer;
  private final StaleCheck stale;
  private final ManifestReader reader;

  public Applier(
      Database database,
      PlanInput input,
      JobWriter jobs,
      PlanWriter writer,
      StaleCheck stale,
      ApplyConfig config) {
    this.database = database;
    this.input = input;
    this.jobs = jobs;
    this.writer = writer;
    this.stale = stale;
    this.reader = new ManifestReader(config.defaultTimeZone());
  }

  /** Says what applying the files would change; writes nothing. */
  public ApplyOutcome plan(ApplyRequest request) {
    ReadResult read = read(request);
    return database.call(tx -> plan(tx, request, read));
  }

  /** Applies the files: all of them or, when one is wrong, none. */
  public ApplyOutcome apply(ApplyRequest request) {
    ReadResult read = read(request);
    ApplyOutcome outcome = database.call(tx -> apply(tx, request, read));
    if (outcome instanceof ApplyOutcome.Applied applied && request.options().kill()) {
      writer.kill(applied, request.origin().by());
    }
    return outcome;
  }

  /** As {@link #apply}, inside a transaction that holds the lock of management. */
  ApplyOutcome applyLocked(Tx tx, ApplyRequest request) {
    return apply(tx, request, read(request));
  }

  /** The only document of a request, when it is of this kind; empty when it has mistakes. */
  <T extends Manifest> Optional<T> document(ApplyRequest request, Class<T> kind) {
    ReadResult read = read(request);
    return read.problems().isEmpty() && read.manifests().size() == 1
        ? Optional.of(read.manifests().get(0)).filter(kind::isInstance).map(kind::cast)
        : Optional.empty();
  }

  private ApplyOutcome apply(Tx tx, ApplyRequest request, ReadResult read) {
    jobs.lock(tx);
    ApplyOutcome planned = plan(tx, request, read);
    if (!(planned instanceof ApplyOutcome.Planned(Plan plan))) {
      return planned;
    }
    Optional<ApplyOutcome> obstacle =
        unconfirmed(request, plan).or(() -> stale.check(tx, request, plan));
    return obstacle.orElseGet(() -> write(tx, request, plan));
  }

  /** A file without any document is a mistake, unless it is said to be none. */
  private ReadResult read(ApplyRequest request) {
    boolean mayBeEmpty =
        request.options().prune().map(ApplyOptions.Prune::allowEmpty).orElse(false);
    List<SourceFile> files =
        mayBeEmpty
            ? request.files().stream().filter(file -> !isEmpty(file)).toList()
            : request.files();
    return reader.read(files);
  }

  private static boolean isEmpty(SourceFile file) {
    return new String(file.content(), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.equals("---"));
  }

  private ApplyOutcome plan(Tx tx, ApplyRequest request, ReadResult read) {
    for (Manifest manifest : read.manifests()) {
      if (!mayTouch(request, PlanInput.app(manifest))) {
        return new ApplyOutcome.OutOfScope(manifest.describe());
      }
    }
    Optional<ApplyOutcome> unguarded = unguarded(request, read);
    if (unguarded.isPresent()) {
      return unguarded.get();
    }
    CurrentState current = input.read(tx, read.manifests(), request);
    PlanOutcome outcome = Planner.plan(read.manifests(), current, input.rules(tx, request));
    if (!read.problems().isEmpty()) {
      return new ApplyOutcome.Invalid(all(read.problems(), outcome));
    }
    return switch (outcome) {
      case PlanOutcome.Planned(Plan plan) -> inScope(request, plan);
      case PlanOutcome.Invalid(var problems) -> new ApplyOutcome.Invalid(problems);
      case PlanOutcome.Conflict(var owners) -> new ApplyOutcome.Conflict(owners);
    };
  }

  /**
   * Also what only the server can find in the documents that can be read; but not that an app is
   * missing, whose document may be one of those that cannot.
   */
  private static List<Problem> all(List<Problem> unreadable, PlanOutcome outcome) {
    List<Problem> all = new ArrayList<>(unreadable);
    switch (outcome) {
      case PlanOutcome.Planned planned -> {
        // Nothing else is wrong.
      }
      case PlanOutcome.Invalid(var problems) ->
          problems.stream().filter(p -> !p.path().equals("metadata.app")).forEach(all::add);
      case PlanOutcome.Conflict(var owners) ->
          owners.forEach(conflict -> all.add(conflict.problem()));
    }
    List<String> files = unreadable.stream().map(Problem::file).distinct().toList();
    all.sort(
        Comparator.comparingInt((Problem p) -> place(files, p.file()))
            .thenComparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column));
    return all;
  }

  /** Files in which something cannot be read come first, in their order. */
  private static int place(List<String> files, String file) {
    int place = files.indexOf(file);
    return place < 0 ? files.size() : place;
  }

  private static Optional<ApplyOutcome> unguarded(ApplyRequest request, ReadResult read) {
    Optional<ApplyOptions.Prune> prune = request.options().prune();
    if (prune.isEmpty()) {
      return Optional.empty();
    }
    if (request.origin().source().isEmpty()) {
      return Optional.of(new ApplyOutcome.Unguarded(new PruneGuard.NoSource()));
    }
    boolean nothing = read.manifests().isEmpty() && read.problems().isEmpty();
    return nothing && !prune.get().allowEmpty()
        ? Optional.of(new ApplyOutcome.Unguarded(new PruneGuard.NothingGiven()))
        : Optional.empty();
  }

  private static Optional<ApplyOutcome> unconfirmed(ApplyRequest request, Plan plan) {
    Optional<Integer> yes = request.options().prune().flatMap(ApplyOptions.Prune::confirmed);
    return plan.deletions()
        .filter(deletions -> deletions.needsYes() && !yes.equals(Optional.of(deletions.count())))
        .map(
            deletions ->
                new ApplyOutcome.Unguarded(
                    new PruneGuard.TooMany(deletions.count(), deletions.owned())));
  }

  private static ApplyOutcome inScope(ApplyRequest request, Plan plan) {
    Optional<String> outside =
        plan.prunedJobs().stream()
            .filter(step -> !mayTouch(request, step.before().key().app()))
            .map(PlanStep::object)
            .findFirst()
            .or(
                () ->
                    plan.prunedApps().stream()
                        .filter(step -> !mayTouch(request, step.before().name()))
                        .map(PlanStep::object)
                        .findFirst());
    return outside
        .<ApplyOutcome>map(ApplyOutcome.OutOfScope::new)
        .orElseGet(() -> new ApplyOutcome.Planned(plan));
  }

  private static boolean mayTouch(ApplyRequest request, String app) {
    return request.reach().covers(app);
  }

  private ApplyOutcome write(Tx tx, ApplyRequest request, Plan plan) {
    Map<Long, ApplyOutcome.Ended> ended = writer.write(tx, plan, request.origin());
    if (!plan.isEmpty()) {
      LOG.infof(
          "applied created=%d changed=%d pruned=%d unchanged=%d source=%s commit=%s by=%s",
          plan.count(PlanStep.Action.CREATE),
          plan.count(PlanStep.Action.CHANGE),
          plan.count(PlanStep.Action.PRUNE),
          plan.count(PlanStep.Action.UNCHANGED),
          request.origin().source().orElse("-"),
          request.origin().commit().orElse("-"),
          request.origin().by());
    }
    return new ApplyOutcome.Applied(plan, ended);
  }
}
