package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.secret.MarkKeyStore;
import io.oasis.server.secret.SecretMarks;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns rows of the ledger into what people are shown. */
@ApplicationScoped
public class RunViews {
  private final JobVersions versions;
  private final MarkKeyStore marks;

  public RunViews(JobVersions versions, MarkKeyStore marks) {
    this.versions = versions;
    this.marks = marks;
  }

  List<RunView> of(Tx tx, List<RunQueryStore.Listed> rows) {
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, rows.stream().map(l -> l.run().version()).toList());
    SecretMarks hidden = marks.marks(tx);
    return rows.stream()
        .filter(l -> known.containsKey(l.run().version()))
        .map(l -> view(l, known.get(l.run().version()), hidden))
        .toList();
  }

  private static RunView view(RunQueryStore.Listed listed, JobVersion version, SecretMarks hidden) {
    RunRow run = listed.run();
    Standing now = run.standing();
    return new RunView(
        run.id(),
        version.key(),
        version.spec().title(),
        now.state(),
        now.reason().map(Enum::name),
        now.message(),
        run.origin().trigger(),
        listed.by(),
        new RunView.Times(
            run.nominalAt(),
            run.origin().createdAt(),
            now.dispatchedAt(),
            now.startedAt(),
            now.finishedAt()),
        now.attempt(),
        run.origin().maxAttempts(),
        now.nodeId(),
        version.spec().handler(),
        word(version.spec().routing().strategy()),
        word(version.spec().blocking().strategy()),
        run.origin().revision(),
        hidden.hide(RunParams.of(run, version.spec())),
        listed.progress(),
        listed.rerunOf(),
        now.memberCount(),
        listed.stretch(),
        now.lastLogSeq());
  }

  /** The trace: what the row says of itself, merged with what was noted beyond it. */
  static RunTrace trace(
      RunQueryStore.Listed listed,
      RunView view,
      List<RunTrace.Event> notes,
      List<RunTrace.Attempt> attempts) {
    RunRow run = listed.run();
    List<RunTrace.Event> events = new ArrayList<>(notes);
    events.add(
        new RunTrace.Event(
            due(run),
            RunEvent.CREATED,
            1,
            Optional.empty(),
            Optional.of(run.origin().trigger().name()),
            listed.by()));
    List<RunTrace.Attempt> all = new ArrayList<>(attempts);
    if (run.standing().memberCount() == 0 && run.standing().dispatchedAt().isPresent()) {
      all.add(current(run));
    }
    all.forEach(a -> events.addAll(eventsOf(a, run)));
    if (run.state() == RunState.SUCCEEDED) {
      run.standing()
          .finishedAt()
          .ifPresent(at -> events.add(event(at, RunEvent.SUCCEEDED, run.standing().attempt(), "")));
    }
    events.sort(Comparator.comparing(RunTrace.Event::at).thenComparing(RunTrace.Event::kind));
    return new RunTrace(view, List.copyOf(events), List.copyOf(all), run.standing().result());
  }

  /** A row is written a moment ahead of its time; what people look for is the time. */
  private static Instant due(RunRow run) {
    Instant created = run.origin().createdAt();
    return created.isAfter(run.nominalAt()) ? created : run.nominalAt();
  }

  private static RunTrace.Attempt current(RunRow run) {
    Standing now = run.standing();
    // A run that waits for its next attempt still carries the points in time of the last one,
    // which has a row of its own by then.
    return new RunTrace.Attempt(
        now.attempt(),
        0,
        now.nodeId(),
        now.nodeWhy(),
        now.state(),
        now.reason().map(Enum::name),
        now.message(),
        now.dispatchedAt(),
        now.startedAt(),
        now.finishedAt(),
        now.result());
  }

  private static List<RunTrace.Event> eventsOf(RunTrace.Attempt attempt, RunRow run) {
    List<RunTrace.Event> events = new ArrayList<>();
    boolean waitsForNext =
        attempt.number() == run.standing().attempt()
            && run.state() == RunState.QUEUED
            && attempt.member() == 0;
    if (waitsForNext) {
      return events;
    }
    String where =
        attempt.node().orElse("") + attempt.nodeWhy().map(w -> " (" + w + ")").orElse("");
    attempt
        .dispatched()
        .ifPresent(at -> events.add(event(at, RunEvent.DISPATCHED, attempt.number(), where)));
    attempt
        .started()
        .ifPresent(
            at ->
                events.add(
                    event(at, RunEvent.STARTED, attempt.number(), attempt.node().orElse(""))));
    return events;
  }

  private static RunTrace.Event event(Instant at, RunEvent kind, int attempt, String detail) {
    return new RunTrace.Event(
        at,
        kind,
        attempt,
        Optional.empty(),
        detail.isEmpty() ? Optional.empty() : Optional.of(detail),
        Optional.empty());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
