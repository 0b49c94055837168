package io.oasis.server.run;

import io.oasis.manifest.Blocking;
import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Runs that somebody asks for: they obey the same blocking rule as those of the schedule. */
@ApplicationScoped
public class ManualRuns {
  private final Database database;
  private final RunQueryStore queries;
  private final OrderedRuns ordered;
  private final RunViews views;
  private final JobVersions versions;
  private final ReadyRuns ready;

  public ManualRuns(
      Database database,
      RunQueryStore queries,
      OrderedRuns ordered,
      RunViews views,
      JobVersions versions,
      ReadyRuns ready) {
    this.database = database;
    this.queries = queries;
    this.ordered = ordered;
    this.views = views;
    this.versions = versions;
    this.ready = ready;
  }

  /** What a transaction came to, and the run that is to be handed over. */
  private record Made<R>(R result, List<RunRow> run) {}

  TriggerResult trigger(TriggerRequest request) {
    Made<TriggerResult> made =
        once(request.idempotencyKey(), () -> database.call(tx -> trigger(tx, request)));
    ready.add(made.run());
    return made.result();
  }

  /** Of two requests with one key at once, the later one finds the run of the other. */
  private static <R> Made<R> once(Optional<String> idempotencyKey, Supplier<Made<R>> transaction) {
    try {
      return transaction.get();
    } catch (DatabaseException e) {
      if (!e.isUniqueViolation() || idempotencyKey.isEmpty()) {
        throw e;
      }
      return transaction.get();
    }
  }

  private Made<TriggerResult> trigger(Tx tx, TriggerRequest request) {
    Optional<JobVersion> job = queries.current(tx, request.job()).flatMap(id -> version(tx, id));
    if (job.isEmpty()) {
      return new Made<>(new TriggerResult.NoSuchJob(), List.of());
    }
    long uid = job.get().id().jobUid();
    Optional<RunView> before = seen(tx, uid, request.idempotencyKey());
    if (before.isPresent()) {
      return new Made<>(new TriggerResult.SeenBefore(before.get()), List.of());
    }
    int queue = job.get().spec().blocking().queue();
    if (!request.forced() && isFull(tx, job.get())) {
      return new Made<>(new TriggerResult.QueueFull(queue), List.of());
    }
    Optional<Map<String, String>> params =
        request.overrides().isEmpty()
            ? Optional.empty()
            : Optional.of(overridden(job.get().spec().params(), request.overrides()));
    RunRow run =
        ordered.insert(
            tx,
            new NewRun(
                job.get(),
                Optional.empty(),
                request.trigger(),
                params,
                Optional.of(request.by()),
                Optional.empty(),
                request.forced()));
    request.idempotencyKey().ifPresent(key -> ordered.keepKey(tx, uid, key, run.id()));
    return new Made<>(new TriggerResult.Created(view(tx, run.id()).orElseThrow()), List.of(run));
  }

  RerunResult rerun(RerunRequest request) {
    Made<RerunResult> made =
        once(request.idempotencyKey(), () -> database.call(tx -> rerun(tx, request)));
    ready.add(made.run());
    return made.result();
  }

  private Made<RerunResult> rerun(Tx tx, RerunRequest request) {
    Optional<RunRow> old = queries.find(tx, request.run()).map(RunQueryStore.Listed::run);
    if (old.isEmpty()) {
      return new Made<>(new RerunResult.NoSuchRun(), List.of());
    }
    long uid = old.get().origin().jobUid();
    Optional<RunView> before = seen(tx, uid, request.idempotencyKey());
    if (before.isPresent()) {
      return new Made<>(new RerunResult.SeenBefore(before.get()), List.of());
    }
    Optional<JobVersion.Id> current = queries.current(tx, uid);
    Optional<JobVersion> made = version(tx, old.get().version());
    if (current.isEmpty() || made.isEmpty()) {
      return new Made<>(new RerunResult.JobGone(), List.of());
    }
    JobVersion job = request.sameRevision() ? made.get() : version(tx, current.get()).orElseThrow();
    if (isFull(tx, job)) {
      return new Made<>(new RerunResult.QueueFull(job.spec().blocking().queue()), List.of());
    }
    RunRow run =
        ordered.insert(
            tx,
            new NewRun(
                job,
                Optional.empty(),
                Trigger.RERUN,
                Optional.of(RunParams.of(old.get(), made.get().spec())),
                Optional.of(request.by()),
                Optional.of(request.run()),
                false));
    request.idempotencyKey().ifPresent(key -> ordered.keepKey(tx, uid, key, run.id()));
    return new Made<>(new RerunResult.Created(view(tx, run.id()).orElseThrow()), List.of(run));
  }

  /** The run that an earlier request with this key made. */
  private Optional<RunView> seen(Tx tx, long jobUid, Optional<String> idempotencyKey) {
    return idempotencyKey
        .flatMap(key -> ordered.findKey(tx, jobUid, key))
        .flatMap(id -> view(tx, id));
  }

  private boolean isFull(Tx tx, JobVersion job) {
    Blocking rule = job.spec().blocking();
    boolean queues =
        rule.strategy() == Blocking.Strategy.SERIAL
            || rule.strategy() == Blocking.Strategy.PARALLEL;
    return queues && queries.waiting(tx, job.id().jobUid()) >= rule.queue();
  }

  private Optional<RunView> view(Tx tx, long id) {
    return queries.find(tx, id).flatMap(l -> views.of(tx, List.of(l)).stream().findFirst());
  }

  private Optional<JobVersion> version(Tx tx, JobVersion.Id id) {
    return Optional.ofNullable(versions.get(tx, List.of(id)).get(id));
  }

  private static Map<String, String> overridden(
      Map<String, String> base, Map<String, String> overrides) {
    Map<String, String> all = new TreeMap<>(base);
    all.putAll(overrides);
    return all;
  }
}
