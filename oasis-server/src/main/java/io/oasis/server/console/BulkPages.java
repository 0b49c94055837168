package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.Jobs;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One action on many jobs. */
@Path("/jobs/bulk")
@Blocking
public class BulkPages {
  private static final int MOST = 500;

  private final Visit visit;
  private final Jobs jobs;

  public BulkPages(Visit visit, Jobs jobs) {
    this.visit = visit;
    this.jobs = jobs;
  }

  /** Switches the chosen jobs; nothing is done unless the viewer may do it to each of them. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.JOB_SWITCH)
  public Response act(
      @FormParam("action") @DefaultValue("") String action,
      @FormParam("job") List<String> chosen,
      @FormParam("back") String back) {
    if (chosen.size() > MOST) {
      throw new BadRequestException("more than " + MOST + " jobs at once");
    }
    boolean on =
        switch (action) {
          case "enable" -> true;
          case "disable" -> false;
          default -> throw new BadRequestException("no such action: " + action);
        };
    List<JobKey> keys = chosen.stream().map(BulkPages::key).toList();
    keys.forEach(key -> visit.require(key.app()));
    String by = visit.caller().who();
    long done = keys.stream().filter(key -> isDone(key, on, by)).count();
    if (keys.isEmpty()) {
      visit.flash(Flash.Outcome.NOTHING_CHOSEN, "");
    } else {
      visit.flash(
          on ? Flash.Outcome.MANY_ENABLED : Flash.Outcome.MANY_DISABLED, Long.toString(done));
    }
    return Response.seeOther(URI.create(Address.local(back))).build();
  }

  /** False for a job that is gone meanwhile. */
  private boolean isDone(JobKey key, boolean on, String by) {
    Jobs.Switched switched =
        on ? jobs.enable(key, by, Optional.empty()) : jobs.disable(key, by, Optional.empty());
    return switched instanceof Jobs.Switched.Done || switched instanceof Jobs.Switched.Unchanged;
  }

  private static JobKey key(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0) {
      throw new BadRequestException("not a job: " + text);
    }
    return new JobKey(text.substring(0, slash), text.substring(slash + 1));
  }
}
