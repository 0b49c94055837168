package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.Jobs;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Switching a job on and off. */
@Path("/jobs/{app}/{name}")
@Blocking
public class JobActionPages {
  private final Visit visit;
  private final Jobs jobs;

  public JobActionPages(Visit visit, Jobs jobs) {
    this.visit = visit;
    this.jobs = jobs;
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
    Flash.Outcome outcome =
        switch (switched) {
          case Jobs.Switched.Done now -> done;
          case Jobs.Switched.Unchanged same -> done;
          case Jobs.Switched.NoSuchJob none -> throw new NotFoundException();
          case Jobs.Switched.Unreadable bad -> Flash.Outcome.SPEC_UNREADABLE;
        };
    return visit.said(outcome, key.toString(), RunRows.url(key));
  }
}
