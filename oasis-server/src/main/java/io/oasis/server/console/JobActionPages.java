package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Trigger;
import io.oasis.server.run.TriggerRequest;
import io.oasis.server.run.TriggerResult;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be done with a job. */
@Path("/jobs/{app}/{name}")
@Blocking
public class JobActionPages {
  private static final String PARAM = "param.";

  private final Visit visit;
  private final Jobs jobs;
  private final Runs runs;

  public JobActionPages(Visit visit, Jobs jobs, Runs runs) {
    this.visit = visit;
    this.jobs = jobs;
    this.runs = runs;
  }

  /** Starts a run; its params are those of the form. */
  @POST
  @Path("run")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.JOB_RUN)
  public Response run(
      @PathParam("app") String app,
      @PathParam("name") String name,
      MultivaluedMap<String, String> form) {
    JobKey key = key(app, name);
    Map<String, String> params = new LinkedHashMap<>();
    form.forEach(
        (field, values) -> {
          if (field.startsWith(PARAM)) {
            params.put(field.substring(PARAM.length()), values.get(0));
          }
        });
    for (String line : form.getOrDefault("more", List.of("")).get(0).split("\\R", -1)) {
      int equals = line.indexOf('=');
      if (!line.isBlank() && equals <= 0) {
        visit.flash(Flash.Outcome.BAD_PARAMS, line.strip());
        return to(key);
      }
      if (!line.isBlank()) {
        params.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    boolean forced = form.containsKey("force");
    if (forced) {
      visit.require(app, Permission.RUN_FORCE);
    }
    TriggerRequest request =
        new TriggerRequest(
            key, params, Trigger.MANUAL, visit.caller().who(), Optional.empty(), forced);
    return switch (runs.trigger(request)) {
      case TriggerResult.Created made -> toRun(made.run().id());
      case TriggerResult.SeenBefore seen -> toRun(seen.run().id());
      case TriggerResult.NoSuchJob none -> throw new NotFoundException();
      case TriggerResult.QueueFull full -> {
        visit.flash(Flash.Outcome.QUEUE_FULL, key.toString());
        yield to(key);
      }
    };
  }

  @POST
  @Path("enable")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.JOB_SWITCH)
  public Response enable(@PathParam("app") String app, @PathParam("name") String name) {
    JobKey key = key(app, name);
    return answer(
        key, jobs.enable(key, visit.caller().who(), Optional.empty()), Flash.Outcome.ENABLED);
  }

  @POST
  @Path("disable")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.JOB_SWITCH)
  public Response disable(@PathParam("app") String app, @PathParam("name") String name) {
    JobKey key = key(app, name);
    return answer(
        key, jobs.disable(key, visit.caller().who(), Optional.empty()), Flash.Outcome.DISABLED);
  }

  private JobKey key(String app, String name) {
    visit.require(app);
    return new JobKey(app, name);
  }

  private Response answer(JobKey key, Jobs.Switched switched, Flash.Outcome done) {
    switch (switched) {
      case Jobs.Switched.Done now -> visit.flash(done, key.toString());
      case Jobs.Switched.Unchanged same -> visit.flash(done, key.toString());
      case Jobs.Switched.NoSuchJob none -> throw new NotFoundException();
      case Jobs.Switched.Unreadable bad ->
          visit.flash(Flash.Outcome.SPEC_UNREADABLE, key.toString());
    }
    return to(key);
  }

  private Response toRun(long run) {
    visit.flash(Flash.Outcome.STARTED, Long.toString(run));
    return Response.seeOther(URI.create("/runs/" + run)).build();
  }

  private static Response to(JobKey key) {
    return Response.seeOther(URI.create(RunRows.url(key))).build();
  }
}
