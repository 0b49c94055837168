package io.oasis.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.oasis.server.identity.Permission;
import io.oasis.server.log.LogLine;
import io.oasis.server.log.LogPage;
import io.oasis.server.log.LogPosition;
import io.oasis.server.log.RunLogs;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The business log of a run. */
@Path(Api.V1 + "/runs/{id}/log")
@Tag(name = "Runs")
public class LogResource {
  private static final int DEFAULT_LIMIT = 500;
  private static final int MAX_LIMIT = 5_000;
  private static final int MAX_WAIT_SECONDS = 20;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final RunLogs logs;
  private final Runs runs;
  private final Pause pause;
  private final InstantSource clock;
  private final SecurityIdentity identity;

  public LogResource(
      RunLogs logs, Runs runs, Pause pause, InstantSource clock, SecurityIdentity identity) {
    this.logs = logs;
    this.runs = runs;
    this.pause = pause;
    this.clock = clock;
    this.identity = identity;
  }

  /**
   * A stretch of a log.
   *
   * @param nextCursor where to go on
   * @param isFinal true when the run is over
   * @param complete true when no more lines will come
   * @param missing lines that the executor wrote and that never arrived; 0 until complete
   */
  public record LogJson(
      List<LineJson> lines,
      String nextCursor,
      @JsonProperty("final") boolean isFinal,
      boolean complete,
      long missing) {}

  /** One line. */
  public record LineJson(
      long seq, int attempt, int member, Instant at, String stream, String text) {
    static LineJson of(LogLine line) {
      return new LineJson(
          line.seq(), line.attempt(), line.member(), line.at(), line.stream().name(), line.text());
    }
  }

  @GET
  @RunOnVirtualThread
  @PermissionsAllowed(Permission.Name.RUN_READ)
  @Operation(
      summary = "Lines of a run's log after a cursor",
      description =
          "Ordered by attempt, member and seq. wait holds the answer back, for at most 20 s, until"
              + " there are new lines or the log has ended.")
  public LogJson read(
      @RestPath long id,
      @RestQuery Optional<String> cursor,
      @RestQuery Optional<Integer> attempt,
      @RestQuery Optional<Integer> limit,
      @RestQuery("wait") Optional<Integer> waitSeconds) {
    RunView run = runs.find(id).orElseThrow(() -> RunResource.noSuchRun(id));
    Scope.require(identity, run.job().app());
    int lines = limit.orElse(DEFAULT_LIMIT);
    if (lines < 1 || lines > MAX_LIMIT) {
      throw ProblemException.invalidRequest("limit must be from 1 to " + MAX_LIMIT);
    }
    int seconds = waitSeconds.orElse(0);
    if (seconds < 0 || seconds > MAX_WAIT_SECONDS) {
      throw ProblemException.invalidRequest("wait must be from 0 to " + MAX_WAIT_SECONDS);
    }
    LogPosition after = cursor.map(LogResource::position).orElse(LogPosition.START);
    Instant deadline = clock.instant().plusSeconds(seconds);
    LogPage page = page(id, after, attempt, lines);
    while (page.lines().isEmpty() && !page.complete() && clock.instant().isBefore(deadline)) {
      pause.sleep(LOOK_AGAIN);
      page = page(id, after, attempt, lines);
    }
    return new LogJson(
        page.lines().stream().map(LineJson::of).toList(),
        page.next().toString(),
        page.runFinal(),
        page.complete(),
        page.missing());
  }

  private LogPage page(long id, LogPosition after, Optional<Integer> attempt, int limit) {
    return logs.read(id, after, attempt, limit).orElseThrow(() -> RunResource.noSuchRun(id));
  }

  private static LogPosition position(String cursor) {
    return LogPosition.parse(cursor)
        .orElseThrow(
            () ->
                ProblemException.invalidRequest(
                    "cursor must be attempt.member.seq, such as 1.0.37"));
  }
}
