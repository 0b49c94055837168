package io.oasis.server.verify;

import io.oasis.manifest.JobKey;
import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.ScheduleText;
import io.oasis.schedule.Stretch;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.Runs;
import io.oasis.server.verify.ExplainStore.Life;
import io.oasis.server.verify.ExplainStore.Said;
import io.oasis.server.verify.Explanation.Line;
import io.oasis.server.verify.Explanation.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Answers why a job ran, ran late or did not run at a time. */
@ApplicationScoped
public class Explainer {
  private static final Duration FAR = Duration.ofDays(400);

  private final Database database;
  private final ExplainStore store;
  private final VerifyStore terms;
  private final JobVersions versions;
  private final Runs runs;

  public Explainer(
      Database database, ExplainStore store, VerifyStore terms, JobVersions versions, Runs runs) {
    this.database = database;
    this.store = store;
    this.terms = terms;
    this.versions = versions;
    this.runs = runs;
  }

  /** What is known of the job around the time. */
  private record Around(
      JobKey job,
      Instant at,
      Life life,
      JobHistory history,
      Optional<Said> said,
      Optional<Term> term) {
    Optional<JobTiming> timing() {
      return said.map(Said::revision)
          .or(() -> term.map(Term::revision))
          .map(history.timings()::get);
    }

    ZoneId zone() {
      return timing().map(t -> zoneOf(t.schedule())).orElseGet(this::latestZone);
    }

    /** Of the last revision: it is the one that people have before them. */
    ZoneId latestZone() {
      return history.terms().stream()
          .map(t -> history.timings().get(t.revision()))
          .filter(Objects::nonNull)
          .reduce((earlier, later) -> later)
          .map(t -> zoneOf(t.schedule()))
          .orElse(ZoneOffset.UTC);
    }

    LocalTimes times() {
      return new LocalTimes(zone(), at);
    }
  }

  /** Explains a time; empty when there is and was no such job. */
  public Optional<Explanation> explain(JobKey job, Instant at) {
    Optional<Around> found = database.call(tx -> around(tx, job, at));
    return found.map(this::explain);
  }

  /**
   * Explains a time by the clock of the job's zone; empty when there is and was no such job. A time
   * that the clock jumps over is taken as the first instant after the jump, one that it shows twice
   * as the first of the two.
   */
  public Optional<Explanation> explain(JobKey job, LocalDateTime local) {
    Instant roughly = local.toInstant(ZoneOffset.UTC);
    Optional<ZoneId> zone = database.call(tx -> around(tx, job, roughly)).map(Around::latestZone);
    return zone.flatMap(z -> explain(job, instant(local, z)));
  }

  private static Instant instant(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(local).getInstant()
        : local.toInstant(offsets.get(0));
  }

  private Optional<Around> around(Tx tx, JobKey job, Instant at) {
    List<Life> lives = store.lives(tx, job);
    if (lives.isEmpty()) {
      return Optional.empty();
    }
    Life life =
        lives.stream()
            .filter(l -> !l.created().isAfter(at))
            .reduce((earlier, later) -> later)
            .orElse(lives.get(0));
    List<Term> own = terms.terms(tx, List.of(life.uid())).getOrDefault(life.uid(), List.of());
    Map<Integer, JobTiming> timings = new HashMap<>();
    versions
        .get(
            tx,
            own.stream()
                .map(term -> new JobVersion.Id(life.uid(), term.revision()))
                .distinct()
                .toList())
        .forEach((id, version) -> timings.put(id.revision(), version.timing()));
    JobHistory history = new JobHistory(life.uid(), job, life.nextFireAt(), own, timings);
    Optional<Term> term =
        own.stream().filter(t -> !t.since().isAfter(at)).reduce((earlier, later) -> later);
    return Optional.of(new Around(job, at, life, history, store.at(tx, life.uid(), at), term));
  }

  private Explanation explain(Around around) {
    if (around.said().isPresent()) {
      Said said = around.said().get();
      return said.stretch().isPresent() ? ofStretch(around, said) : ofRun(around, said);
    }
    Life life = around.life();
    if (life.created().isAfter(around.at())) {
      return plain(
          around,
          Verdict.NO_JOB,
          "There was no job %s at that time: it was made at %s."
              .formatted(around.job(), around.times().of(life.created())));
    }
    if (life.deleted().filter(end -> !end.isAfter(around.at())).isPresent()) {
      return plain(
          around,
          Verdict.NO_JOB,
          "There was no job %s any more at that time: it was deleted at %s."
              .formatted(around.job(), around.times().of(life.deleted().get())));
    }
    return withoutRow(around);
  }

  private Explanation ofRun(Around around, Said said) {
    RunStory story =
        new RunStory(
            runs.trace(said.runId()).orElseThrow(() -> new IllegalStateException("no such run")),
            around.times());
    Optional<ExplainStore.Ended> room =
        story.waitedForSlot()
            ? story
                .handedOver()
                .flatMap(
                    at -> database.call(tx -> store.madeRoom(tx, around.life().uid(), said, at)))
            : Optional.empty();
    return new Explanation(
        around.job(),
        around.at(),
        around.zone(),
        story.verdict(),
        story.summary(),
        Optional.of(said.revision()),
        Optional.of(said.runId()),
        Optional.empty(),
        story.lines(room),
        Optional.empty(),
        Optional.empty());
  }

  private Explanation ofStretch(Around around, Said said) {
    Stretch stretch = said.stretch().orElseThrow();
    String one =
        stretch.count() == 1
            ? ""
            : " It is one of %,d times from %s to %s in one row."
                .formatted(
                    stretch.count(),
                    around.times().of(stretch.first()),
                    around.times().of(stretch.last()));
    return new Explanation(
        around.job(),
        around.at(),
        around.zone(),
        Verdict.DID_NOT_RUN,
        "It did not run: " + cause(around, said, stretch) + one,
        Optional.of(said.revision()),
        Optional.of(said.runId()),
        said.stretch(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private String cause(Around around, Said said, Stretch stretch) {
    String code = said.reason().map(Enum::name).orElse("");
    String instead =
        switch (said.state()) {
          case COALESCED ->
              database
                  .call(tx -> store.standsFor(tx, around.life().uid(), stretch))
                  .map(
                      run ->
                          " Run %d of %s stands for it."
                              .formatted(run.runId(), around.times().of(run.nominalAt())))
                  .orElse("");
          default -> "";
        };
    return switch (code) {
      case "DOWNTIME" -> "no server was there at its time (DOWNTIME)." + instead;
      case "WINDOW" ->
          "no server was there at its time, and it is older than the misfire window (WINDOW).";
      case "CAP" ->
          "no server was there at its time, and the misfire policy runs fewer of them (CAP).";
      case "QUEUE_FULL" -> "the queue of the job was full (QUEUE_FULL)." + instead;
      case "DISABLED" -> switchedOff(around);
      case "DST_GAP" ->
          "the clock jumped over its local time, and the schedule says gap: skip (DST_GAP).";
      default -> said.state() + (code.isEmpty() ? "." : " (" + code + ").");
    };
  }

  private String switchedOff(Around around) {
    return database
        .call(tx -> store.switchedOff(tx, around.job(), around.at()))
        .map(
            off ->
                "the job was switched off at %s by %s%s."
                    .formatted(
                        around.times().of(off.at()),
                        off.who(),
                        off.reason().map(r -> " (\"" + r + "\")").orElse("")))
        .orElse("the job was switched off.");
  }

  private Explanation withoutRow(Around around) {
    if (around.term().isEmpty()) {
      return plain(
          around,
          Verdict.NO_SUCH_TIME,
          "What was in force at that time is not recorded: that began at %s."
              .formatted(
                  around.history().terms().isEmpty()
                      ? "no time"
                      : around.times().of(around.history().knownSince())));
    }
    Term term = around.term().get();
    JobTiming timing = around.history().timings().get(term.revision());
    Instant now = around.life().now();
    boolean nominal =
        FireTimes.next(timing, around.at().minusNanos(1)).filter(around.at()::equals).isPresent();
    if (term.state() == Term.State.OFF) {
      return plain(around, Verdict.DID_NOT_RUN, "It did not run: " + switchedOff(around));
    }
    if (nominal && around.at().isAfter(now)) {
      return plain(
          around,
          Verdict.NOT_YET,
          "Its time comes in %s."
              .formatted(LocalTimes.duration(Duration.between(now, around.at()))));
    }
    if (nominal) {
      boolean due = around.life().nextFireAt().filter(at -> !at.isAfter(around.at())).isPresent();
      return plain(
          around,
          due ? Verdict.WAITING : Verdict.GAP,
          due
              ? "It is due, and no server has decided it yet."
              : "The ledger says nothing about it: this is a gap. Run oasis verify.");
    }
    return betweenTimes(around, term, timing);
  }

  /** The job does not fire at that time: says what it does around it. */
  private Explanation betweenTimes(Around around, Term term, JobTiming timing) {
    String text = ScheduleText.of(timing.schedule()).text();
    String own =
        timing.schedule() instanceof Schedule.FixedDelay
            ? "Its times come from the ends of its runs (%s), and no run has this one."
                .formatted(text)
            : timing.schedule() instanceof Schedule.None
                ? "The job runs by hand only."
                : "This is no time of the job: revision %d fires %s%s."
                    .formatted(term.revision(), text, outside(around, timing));
    Optional<Instant> before =
        FireTimes.missed(timing, around.at().minus(FAR), around.at().minusNanos(1))
            .map(Stretch::last)
            .filter(at -> !at.isBefore(term.askedAt()));
    Optional<Instant> after = FireTimes.next(timing, around.at());
    return new Explanation(
        around.job(),
        around.at(),
        around.zone(),
        Verdict.NO_SUCH_TIME,
        own,
        Optional.of(term.revision()),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        before.map(at -> neighbour(around, at)),
        after.map(at -> neighbour(around, at)));
  }

  private static String outside(Around around, JobTiming timing) {
    if (timing.window().start().filter(around.at()::isBefore).isPresent()) {
      return ", from " + around.times().of(timing.window().start().get()) + " on";
    }
    return timing
        .window()
        .end()
        .filter(end -> !around.at().isBefore(end))
        .map(end -> ", until " + around.times().of(end))
        .orElse("");
  }

  private Line neighbour(Around around, Instant at) {
    return new Line(
        at,
        database
            .call(tx -> store.at(tx, around.life().uid(), at))
            .map(said -> "run " + said.runId() + " " + said.state())
            .orElse(at.isAfter(around.life().now()) ? "not yet" : "nothing in the ledger"));
  }

  private static Explanation plain(Around around, Verdict verdict, String summary) {
    return new Explanation(
        around.job(),
        around.at(),
        around.zone(),
        verdict,
        summary,
        around.term().map(Term::revision),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static ZoneId zoneOf(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Cron cron -> cron.zone();
      case Schedule.OneTime once -> once.zone();
      case Schedule.FixedRate rate -> ZoneOffset.UTC;
      case Schedule.FixedDelay delay -> ZoneOffset.UTC;
      case Schedule.None none -> ZoneOffset.UTC;
    };
  }
}
