package io.oasis.server.console;

import io.oasis.server.identity.Permission;
import io.oasis.server.log.LogLine;
import io.oasis.server.log.LogPage;
import io.oasis.server.log.LogPosition;
import io.oasis.server.log.RunLogs;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** The log of a run: as a stream while it grows, and as a file. */
@Path("/runs/{id}")
@Blocking
public class RunLogPages {
  private static final int LINES = 5000;

  private final Visit visit;
  private final Runs runs;
  private final RunLogs logs;
  private final LogViews views;
  private final DashboardSource clock;

  public RunLogPages(Visit visit, Runs runs, RunLogs logs, LogViews views, DashboardSource clock) {
    this.visit = visit;
    this.runs = runs;
    this.logs = logs;
    this.views = views;
    this.clock = clock;
  }

  /**
   * Goes on after a position until the log is over. The id of each event is the position of its
   * last line: a browser that was cut off sends it back.
   */
  @GET
  @Path("log/live")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @PermissionsAllowed(Permission.Name.RUN_READ)
  public Multi<OutboundSseEvent> live(
      @PathParam("id") String id,
      @QueryParam("after") String after,
      @HeaderParam("Last-Event-ID") String last,
      @Context Sse sse) {
    LogPosition position =
        Optional.ofNullable(last).or(() -> Optional.ofNullable(after)).stream()
            .map(text -> LogPosition.parse(text).orElseThrow(BadRequestException::new))
            .findFirst()
            .orElse(LogPosition.START);
    String app = require(id);
    LiveRun run =
        new LiveRun(
            new LiveRun.Doors(runs, logs, views, clock),
            RunPages.runId(id),
            position,
            visit.speech(),
            RunActions.of(visit, app));
    return LiveStream.of(sse, run::next);
  }

  /** The whole log as text: time, stream and line; without terminal sequences. */
  @GET
  @Path("log.txt")
  @PermissionsAllowed(Permission.Name.RUN_READ)
  public Response download(@PathParam("id") String id) {
    require(id);
    long run = RunPages.runId(id);
    LogPage first =
        logs.read(run, LogPosition.START, Optional.empty(), LINES)
            .orElseThrow(NotFoundException::new);
    StreamingOutput body = out -> write(run, first, out);
    return Response.ok(body, "text/plain;charset=UTF-8")
        .header(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"oasis-run-" + run + ".log\"")
        .build();
  }

  /** The app of a run that the caller sees. */
  private String require(String id) {
    RunView run = runs.find(RunPages.runId(id)).orElseThrow(NotFoundException::new);
    visit.require(run.job().app());
    return run.job().app();
  }

  private void write(long run, LogPage first, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    LogPage page = first;
    int attempt = 1;
    int member = 0;
    while (!page.lines().isEmpty()) {
      for (LogLine line : page.lines()) {
        if (line.attempt() != attempt || line.member() != member) {
          attempt = line.attempt();
          member = line.member();
          writer.write("# attempt " + attempt + (member == 0 ? "" : " member " + member) + "\n");
        }
        writer.write(line.at() + "  " + line.stream() + "  " + LogText.plain(line.text()) + "\n");
      }
      page = logs.read(run, page.next(), Optional.empty(), LINES).orElse(page);
    }
    writer.flush();
  }
}
