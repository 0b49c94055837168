package io.oasis.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.oasis.server.run.RunTrace;
import io.oasis.server.run.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A run in a list. */
public record RunJson(
    long id,
    String app,
    String job,
    String jobTitle,
    String state,
    String reason,
    String message,
    String trigger,
    String triggeredBy,
    Instant nominalAt,
    Instant createdAt,
    Instant dispatchedAt,
    Instant startedAt,
    Instant finishedAt,
    Long durationMs,
    Long latenessMs,
    int attempt,
    int maxAttempts,
    String node,
    String handler,
    String routing,
    String blocking,
    int revision,
    Map<String, String> params,
    ProgressJson progress,
    Long rerunOf,
    int memberCount,
    @JsonProperty("final") boolean isFinal,
    StretchJson stretch,
    long logSeq) {

  /** What the handler said of its progress. */
  public record ProgressJson(int percent, String message) {}

  /** Several nominal times in one row. */
  public record StretchJson(Instant from, Instant to, long count) {}

  /** One step in the life of a run. */
  public record EventJson(
      Instant at, String kind, int attempt, String reason, String detail, String who) {
    static EventJson of(RunTrace.Event event) {
      return new EventJson(
          event.at(),
          event.kind().name(),
          event.attempt(),
          event.reason().orElse(null),
          event.detail().orElse(null),
          event.who().orElse(null));
    }
  }

  /**
   * One attempt on one node.
   *
   * @param nodeWhy why the routing strategy chose that node; null before it did
   */
  public record AttemptJson(
      int attempt,
      int member,
      String state,
      String node,
      String nodeWhy,
      String reason,
      String message,
      Instant dispatchedAt,
      Instant startedAt,
      Instant finishedAt,
      Long durationMs,
      String result) {
    static AttemptJson of(RunTrace.Attempt attempt) {
      return new AttemptJson(
          attempt.number(),
          attempt.member(),
          attempt.state().name(),
          attempt.node().orElse(null),
          attempt.nodeWhy().orElse(null),
          attempt.reason().orElse(null),
          attempt.message().orElse(null),
          attempt.dispatched().orElse(null),
          attempt.started().orElse(null),
          attempt.finished().orElse(null),
          attempt
              .started()
              .flatMap(s -> attempt.finished().map(f -> Duration.between(s, f).toMillis()))
              .orElse(null),
          attempt.result().orElse(null));
    }
  }

  static RunJson of(RunView run) {
    RunView.Times times = run.times();
    return new RunJson(
        run.id(),
        run.job().app(),
        run.job().toString(),
        run.jobTitle(),
        run.state().name(),
        run.reason().orElse(null),
        run.message().orElse(null),
        run.trigger().name(),
        run.triggeredBy().orElse(null),
        times.nominal(),
        times.created(),
        times.dispatched().orElse(null),
        times.started().orElse(null),
        times.finished().orElse(null),
        times.duration().map(Duration::toMillis).orElse(null),
        times.lateness().map(Duration::toMillis).orElse(null),
        run.attempt(),
        run.maxAttempts(),
        run.node().orElse(null),
        run.handler(),
        run.routing(),
        run.blocking(),
        run.revision(),
        run.params(),
        run.progress().map(p -> new ProgressJson(p.percent(), p.text())).orElse(null),
        run.rerunOf().orElse(null),
        run.memberCount(),
        run.state().isFinal(),
        run.stretch().map(s -> new StretchJson(s.from(), s.to(), s.count())).orElse(null),
        run.lastLogSeq());
  }

  static List<RunJson> all(List<RunView> runs) {
    return runs.stream().map(RunJson::of).toList();
  }
}
