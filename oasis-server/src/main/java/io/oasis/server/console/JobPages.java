package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.app.App;
import io.oasis.server.app.Apps;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.Job;
import io.oasis.server.job.JobDetail;
import io.oasis.server.job.JobPage;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.LastRuns;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.oasis.ui.page.JobDetailPage;
import io.oasis.ui.page.JobDetailPage.Tab;
import io.oasis.ui.page.JobsPage;
import io.oasis.ui.page.Pages;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The list of jobs, and one job. */
@Path("/jobs")
@Blocking
public class JobPages {
  private static final int ROWS = 50;
  private static final int RECENT = 20;
  private static final int FOR_SPEED = 50;

  private final Visit visit;
  private final Jobs jobs;
  private final Apps apps;
  private final Runs runs;
  private final LastRuns lastRuns;

  public JobPages(Visit visit, Jobs jobs, Apps apps, Runs runs, LastRuns lastRuns) {
    this.visit = visit;
    this.jobs = jobs;
    this.apps = apps;
    this.runs = runs;
    this.lastRuns = lastRuns;
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
    int total = jobs.count(visit.reach()).total();
    return visit.inLanguage(
        Pages.jobs(
            new JobsPage(
                visit.frame("jobs"),
                query.sorting(),
                query.form(apps.list(visit.reach()).stream().map(App::name).toList(), speech),
                page.jobs().stream().map(job -> rows.row(job, last.get(job.uid()))).toList(),
                speech.sentences().jobCount(speech.number(total)),
                page.next().map(n -> query.address().with("cursor", n).toString()).orElse(""),
                total > 0)));
  }

  @GET
  @Path("{app}/{name}")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_READ)
  public TemplateInstance runs(@PathParam("app") String app, @PathParam("name") String name) {
    JobDetail job = find(app, name);
    List<RunView> recent = recent(job);
    return page(
        job,
        recent,
        new Tab.Runs(new RunRows(visit.speech()).rows(recent.stream().limit(RECENT).toList())));
  }

  @GET
  @Path("{app}/{name}/revisions")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_READ)
  public TemplateInstance revisions(@PathParam("app") String app, @PathParam("name") String name) {
    JobDetail job = find(app, name);
    return page(
        job,
        recent(job),
        new Tab.Revisions(
            new JobDetailView(visit.speech())
                .revisions(jobs.revisions(job.job().key()).orElse(List.of()))));
  }

  @GET
  @Path("{app}/{name}/manifest")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_READ)
  public TemplateInstance manifest(@PathParam("app") String app, @PathParam("name") String name) {
    JobDetail job = find(app, name);
    return page(job, recent(job), new Tab.Manifest(jobs.export(job.job().key()).orElse("")));
  }

  private TemplateInstance page(JobDetail job, List<RunView> recent, Tab tab) {
    Speech speech = visit.speech();
    JobDetailView view = new JobDetailView(speech);
    LastRuns.OfJob last = lastRuns.of(List.of(job.job().uid())).get(job.job().uid());
    return visit.inLanguage(
        Pages.job(
            new JobDetailPage(
                visit.frameOf("jobs", job.job().key().app()),
                new JobRows(speech).row(job.job(), last),
                view.facts(job),
                view.fires(job),
                RunDetailView.pairs(job.spec().params()),
                view.speed(recent),
                tab)));
  }

  private JobDetail find(String app, String name) {
    visit.require(app);
    return jobs.find(new JobKey(app, name)).orElseThrow(NotFoundException::new);
  }

  private List<RunView> recent(JobDetail job) {
    return runs.list(RunFilter.ofJob(job.job().key()), FOR_SPEED, Optional.empty()).runs();
  }
}
