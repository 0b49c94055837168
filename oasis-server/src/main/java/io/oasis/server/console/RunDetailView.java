package io.oasis.server.console;

import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunTrace;
import io.oasis.server.run.RunView;
import io.oasis.ui.page.RunDetailPage;
import io.oasis.ui.row.AttemptRow;
import io.oasis.ui.row.BlockingWord;
import io.oasis.ui.row.Pair;
import io.oasis.ui.row.RoutingWord;
import io.oasis.ui.row.StepRow;
import io.oasis.ui.row.TriggerWord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns one run with its trace into the upper part of its page. */
final class RunDetailView {
  /** How the dispatcher says which node it chose, and why. */
  private static final Pattern CHOSEN =
      Pattern.compile(
          "(.+) \\((round-robin|random|failover|least-busy): (\\d+) of (\\d+) slots free\\)");

  private final Speech speech;

  RunDetailView(Speech speech) {
    this.speech = speech;
  }

  RunDetailPage.Head head(RunTrace trace, RunActions may) {
    RunView run = trace.run();
    boolean over = run.state().isFinal();
    return new RunDetailPage.Head(
        new RunRows(speech).row(run),
        times(run),
        facts(trace),
        steps(trace.events()),
        trace.attempts().size() > 1 || run.memberCount() > 0
            ? trace.attempts().stream().map(this::attempt).toList()
            : List.of(),
        pairs(run.params()),
        new RunDetailPage.Actions(
            may.kill() && !over && run.state() != RunState.KILLING,
            may.again() && run.state() == RunState.QUEUED && stands(run, ReasonCode.HELD),
            may.force() && run.state() == RunState.KILLING && stands(run, ReasonCode.UNCOOPERATIVE),
            may.again() && over,
            may.csrfToken()));
  }

  private static boolean stands(RunView run, ReasonCode why) {
    return run.reason().equals(Optional.of(why.name()));
  }

  static List<Pair> pairs(Map<String, String> map) {
    return map.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> new Pair(entry.getKey(), entry.getValue()))
        .toList();
  }

  private RunDetailPage.Times times(RunView run) {
    RunView.Times times = run.times();
    Optional<Instant> started = RunRows.started(run);
    LocalDate day = times.nominal().atZone(speech.zone()).toLocalDate();
    // The date once is enough, unless the run went past midnight.
    Function<Instant, String> brief =
        at ->
            at.atZone(speech.zone()).toLocalDate().equals(day)
                ? speech.clockMillis(at)
                : speech.exactMillis(at);
    return new RunDetailPage.Times(
        speech.exactMillis(times.nominal()),
        started.map(speech::exactMillis).orElse(""),
        times.finished().map(brief).orElse(""),
        speech.moment(started));
  }

  private RunDetailPage.Facts facts(RunTrace trace) {
    RunView run = trace.run();
    return new RunDetailPage.Facts(
        run.triggeredBy().orElse(""),
        routing(run.routing()),
        blocking(run.blocking()),
        run.revision(),
        run.rerunOf().orElse(0L),
        trace.result().map(LogText::plain).orElse(""),
        run.progress().map(RunView.Progress::percent).orElse(-1),
        run.progress().map(RunView.Progress::text).orElse(""),
        run.stretch().map(this::stretch).orElse(""));
  }

  private String stretch(RunView.Stretch stretch) {
    return speech
        .sentences()
        .stretchWords(
            speech.number(stretch.count()),
            speech.moment(stretch.from()).clock(),
            speech.moment(stretch.to()).clock());
  }

  private List<StepRow> steps(List<RunTrace.Event> events) {
    List<StepRow> rows = new ArrayList<>();
    int attempt = 1;
    for (RunTrace.Event event : events) {
      boolean next = event.attempt() > attempt;
      attempt = Math.max(attempt, event.attempt());
      rows.add(
          new StepRow(
              speech.stepMoment(event.at()),
              io.oasis.ui.row.Step.valueOf(event.kind().name()),
              tone(event.kind()),
              next ? speech.sentences().attemptNumber(event.attempt()) : "",
              stepWhy(event),
              event.who().orElse("")));
    }
    return rows;
  }

  private String stepWhy(RunTrace.Event event) {
    // The first step names its trigger, which has words of its own.
    return switch (event.kind()) {
      case CREATED -> event.detail().map(this::triggerWord).orElse("");
      case DISPATCHED -> speech.why(event.reason(), event.detail().map(detail -> chosen(detail)));
      // The step's own word says that it waits.
      case RETRY_PLANNED -> event.detail().orElse("");
      default -> speech.why(event.reason(), event.detail());
    };
  }

  /** Why this node, in the viewer's words; what is said in another form stays as it is. */
  private String chosen(String detail) {
    Matcher said = CHOSEN.matcher(detail);
    return said.matches()
        ? speech
            .sentences()
            .chosenBecause(
                said.group(1),
                speech.words().routing(routing(said.group(2))),
                said.group(3),
                said.group(4))
        : detail;
  }

  private String triggerWord(String detail) {
    for (TriggerWord word : TriggerWord.values()) {
      if (word.name().equals(detail)) {
        return speech.words().trigger(word);
      }
    }
    return detail;
  }

  private static String tone(RunEvent event) {
    return switch (event) {
      case SUCCEEDED -> "good";
      case FAILED, TIMED_OUT, LOST -> "bad";
      case DISPATCHED, STARTED -> "busy";
      case REJECTED, HANDED_BACK, RETRY_PLANNED, KILL_ASKED, UNCOOPERATIVE, LATE_RESULT -> "care";
      case CREATED, WAITING, KILLED, CANCELLED, SKIPPED, COALESCED -> "";
    };
  }

  private AttemptRow attempt(RunTrace.Attempt attempt) {
    boolean waits = attempt.state() == RunState.QUEUED;
    Optional<Instant> started = attempt.started().filter(at -> !waits);
    Optional<Duration> duration =
        started.map(from -> Duration.between(from, attempt.finished().orElse(speech.now())));
    return new AttemptRow(
        attempt.member() == 0
            ? Integer.toString(attempt.number())
            : attempt.number() + " · " + speech.sentences().memberNumber(attempt.member()),
        RunRows.badge(attempt.state()),
        attempt.node().filter(node -> !waits).orElse(""),
        speech.moment(started),
        speech.duration(duration),
        speech.why(attempt.reason(), attempt.message()));
  }

  static RoutingWord routing(String word) {
    return RoutingWord.valueOf(constant(word));
  }

  static BlockingWord blocking(String word) {
    return BlockingWord.valueOf(constant(word));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
