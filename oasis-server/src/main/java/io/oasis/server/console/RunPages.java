package io.oasis.server.console;

import io.oasis.server.app.Apps;
import io.oasis.server.identity.Permission;
import io.oasis.server.run.CancelResult;
import io.oasis.server.run.ForceResult;
import io.oasis.server.run.ReleaseResult;
import io.oasis.server.run.RerunRequest;
import io.oasis.server.run.RerunResult;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.RunPage;
import io.oasis.server.run.RunTrace;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.oasis.ui.page.Pages;
import io.oasis.ui.page.RunDetailPage;
import io.oasis.ui.page.RunsPage;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;

/** The log center, one run, and what can be done with it. */
@Path("/runs")
@Blocking
public class RunPages {
  private static final int ROWS = 50;

  private final Visit visit;
  private final Runs runs;
  private final Apps apps;
  private final LogViews logs;

  public RunPages(Visit visit, Runs runs, Apps apps, LogViews logs) {
    this.visit = visit;
    this.runs = runs;
    this.apps = apps;
    this.logs = logs;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.RUN_READ)
  public TemplateInstance list(@Context UriInfo uri, @QueryParam("cursor") String cursor) {
    Speech speech = visit.speech();
    RunQuery query = RunQuery.of(uri.getQueryParameters());
    Optional<String> from = Optional.ofNullable(cursor).filter(c -> !c.isBlank());
    RunPage page = page(query.filter(speech.zone(), visit.reach()), from);
    return visit.inLanguage(
        Pages.runs(
            new RunsPage(
                visit.frame("runs"),
                query.form(apps.names(visit.reach()), speech),
                new RunRows(speech).rows(page.runs()),
                from.isPresent() ? query.address().toString() : "",
                page.next().map(n -> query.address().with("cursor", n).toString()).orElse(""),
                page.searchedTo().map(at -> speech.moment(at).clock()).orElse(""))));
  }

  @GET
  @Path("{id}")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.RUN_READ)
  public TemplateInstance run(@PathParam("id") String id, @QueryParam("log") String log) {
    RunTrace trace = runs.trace(runId(id)).orElseThrow(NotFoundException::new);
    String app = trace.run().job().app();
    visit.require(app);
    Speech speech = visit.speech();
    return visit.inLanguage(
        Pages.run(
            new RunDetailPage(
                visit.frame("runs"),
                new RunDetailView(speech).head(trace, RunActions.of(visit, app)),
                logs.first(trace.run(), "all".equals(log), speech))));
  }

  @POST
  @Path("{id}/kill")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.RUN_CANCEL)
  public Response kill(@PathParam("id") String id) {
    long run = require(id);
    switch (runs.cancel(run, visit.caller().who(), Optional.empty())) {
      case CancelResult.Asked asked -> visit.flash(Flash.Outcome.KILL_ASKED, id);
      case CancelResult.AlreadyFinal over -> visit.flash(Flash.Outcome.ALREADY_OVER, id);
      case CancelResult.NoSuchRun none -> throw new NotFoundException();
    }
    return to(run);
  }

  @POST
  @Path("{id}/release")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.JOB_RUN)
  public Response release(@PathParam("id") String id) {
    long run = require(id);
    switch (runs.release(run, visit.caller().who())) {
      case ReleaseResult.Released released -> visit.flash(Flash.Outcome.RELEASED, id);
      case ReleaseResult.NotHeld other -> visit.flash(Flash.Outcome.NOT_HELD, id);
      case ReleaseResult.NoSuchRun none -> throw new NotFoundException();
    }
    return to(run);
  }

  @POST
  @Path("{id}/force-end")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.RUN_FORCE)
  public Response forceEnd(@PathParam("id") String id) {
    long run = require(id);
    switch (runs.forceEnd(run, visit.caller().who(), Optional.empty())) {
      case ForceResult.Ended ended -> visit.flash(Flash.Outcome.FORCED, id);
      case ForceResult.NotStopping other -> visit.flash(Flash.Outcome.NOT_STOPPING, id);
      case ForceResult.AlreadyFinal over -> visit.flash(Flash.Outcome.ALREADY_OVER, id);
      case ForceResult.NoSuchRun none -> throw new NotFoundException();
    }
    return to(run);
  }

  @POST
  @Path("{id}/rerun")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.JOB_RUN)
  public Response rerun(
      @PathParam("id") String id, @FormParam("sameRevision") boolean sameRevision) {
    long run = require(id);
    return switch (runs.rerun(
        new RerunRequest(run, visit.caller().who(), sameRevision, Optional.empty()))) {
      case RerunResult.Created made -> {
        visit.flash(Flash.Outcome.STARTED, Long.toString(made.run().id()));
        yield to(made.run().id());
      }
      case RerunResult.SeenBefore seen -> to(seen.run().id());
      case RerunResult.NoSuchRun none -> throw new NotFoundException();
      case RerunResult.JobGone gone -> {
        visit.flash(Flash.Outcome.JOB_GONE, id);
        yield to(run);
      }
      case RerunResult.QueueFull full -> {
        visit.flash(Flash.Outcome.QUEUE_FULL, "#" + id);
        yield to(run);
      }
    };
  }

  private RunPage page(RunFilter filter, Optional<String> cursor) {
    try {
      return runs.list(filter, ROWS, cursor);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e);
    }
  }

  /** The run of an id, when the caller may do to it what the route does. */
  private long require(String id) {
    RunView run = runs.find(runId(id)).orElseThrow(NotFoundException::new);
    visit.require(run.job().app());
    return run.id();
  }

  private static Response to(long run) {
    return Response.seeOther(URI.create("/runs/" + run)).build();
  }

  static long runId(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new NotFoundException(e);
    }
  }
}
