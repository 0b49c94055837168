package io.oasis.server.console;

import io.oasis.server.app.Apps;
import io.oasis.server.app.JobTally;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.Job;
import io.oasis.server.job.JobPage;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.LastRuns;
import io.oasis.ui.page.JobsPage;
import io.oasis.ui.page.Pages;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;

/** The list of jobs. */
@Path("/jobs")
@Blocking
public class JobPages {
  private static final int ROWS = 50;

  private final Visit visit;
  private final Jobs jobs;
  private final Apps apps;
  private final LastRuns lastRuns;
  private final JobTally tally;

  public JobPages(Visit visit, Jobs jobs, Apps apps, LastRuns lastRuns, JobTally tally) {
    this.visit = visit;
    this.jobs = jobs;
    this.apps = apps;
    this.lastRuns = lastRuns;
    this.tally = tally;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_READ)
  public TemplateInstance list(@Context UriInfo uri, @QueryParam("cursor") String cursor) {
    Speech speech = visit.speech();
    JobQuery query = JobQuery.of(uri.getQueryParameters());
    JobPage page =
        jobs.list(query.filter(visit.reach()), query.order(), ROWS, Optional.ofNullable(cursor))
            .orElseThrow(() -> new BadRequestException("not a cursor"));
    Map<Long, LastRuns.OfJob> last = lastRuns.of(page.jobs().stream().map(Job::uid).toList());
    JobRows rows = new JobRows(speech);
    long total = tally.of(visit.reach()).all();
    return visit.inLanguage(
        Pages.jobs(
            new JobsPage(
                visit.frame("jobs"),
                query.sorting(),
                query.form(apps.names(visit.reach()), speech),
                page.jobs().stream().map(job -> rows.row(job, last.get(job.uid()))).toList(),
                speech.sentences().jobCount(speech.number(total)),
                page.next().map(n -> query.address().with("cursor", n).toString()).orElse(""),
                page.jobs().size() < ROWS,
                total > 0)));
  }
}
