package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.alarm.IncidentFilter;
import io.oasis.server.alarm.Incidents;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobDetail;
import io.oasis.server.job.JobRevision;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.LastRuns;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Trigger;
import io.oasis.server.run.TriggerRequest;
import io.oasis.server.run.TriggerResult;
import io.oasis.ui.page.JobDetailPage;
import io.oasis.ui.page.JobDetailPage.Tab;
import io.oasis.ui.page.Pages;
import io.oasis.ui.row.IncidentRow;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One job: its runs, revisions, alarms and manifest, and the form that runs it once. */
@Path("/jobs/{app}/{name}")
@Blocking
public class JobDetailPages {
  private static final int RECENT = 20;
  private static final int FOR_SPEED = 50;

  private final Visit visit;
  private final Jobs jobs;
  private final Runs runs;
  private final LastRuns lastRuns;
  private final Incidents incidents;

  public JobDetailPages(Visit visit, Jobs jobs, Runs runs, LastRuns lastRuns, Incidents incidents) {
    this.visit = visit;
    this.jobs = jobs;
    this.runs = runs;
    this.lastRuns = lastRuns;
    this.incidents = incidents;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_READ)
  public TemplateInstance runs(@PathParam("app") String app, @PathParam("name") String name) {
    JobDetail job = find(app, name);
    return runs(job, JobDetailView.start(job));
  }

  /**
   * Every revision.
   *
   * @param since a revision whose difference to what is there now is asked for; may be null
   */
  @GET
  @Path("revisions")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_READ)
  public TemplateInstance revisions(
      @PathParam("app") String app,
      @PathParam("name") String name,
      @QueryParam("since") Integer since) {
    JobDetail job = find(app, name);
    List<JobRevision> revisions = jobs.revisions(job.job().key()).orElse(List.of());
    JobDetailView view = new JobDetailView(visit.speech());
    Tab tab =
        new Tab.Revisions(
            view.revisions(revisions),
            Optional.ofNullable(since)
                .map(number -> view.since(number, revisions).orElseThrow(NotFoundException::new)));
    return page(job, recent(job), JobDetailView.start(job), tab);
  }

  @GET
  @Path("alarms")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.INCIDENT_READ)
  public TemplateInstance alarms(@PathParam("app") String app, @PathParam("name") String name) {
    JobDetail job = find(app, name);
    IncidentFilter ofJob =
        new IncidentFilter(Set.of(), new Reach.Only(Set.of(app)), Optional.of(job.job().key()));
    List<IncidentRow> rows =
        incidents.list(ofJob, RECENT, Optional.empty()).incidents().stream()
            .map(incident -> AlarmPages.row(incident, visit))
            .toList();
    return page(
        job,
        recent(job),
        JobDetailView.start(job),
        new JobDetailView(visit.speech()).alarms(job, rows));
  }

  @GET
  @Path("manifest")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_READ)
  public TemplateInstance manifest(@PathParam("app") String app, @PathParam("name") String name) {
    JobDetail job = find(app, name);
    return page(
        job,
        recent(job),
        JobDetailView.start(job),
        new Tab.Manifest(jobs.export(job.job().key()).orElse("")));
  }

  /** Starts a run; its params are those of the form, which comes back when it is wrong. */
  @POST
  @Path("run")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_RUN)
  public Response run(
      @PathParam("app") String app,
      @PathParam("name") String name,
      MultivaluedMap<String, String> form) {
    JobDetail job = find(app, name);
    StartForm typed = StartForm.of(form);
    if (typed.force()) {
      visit.require(app, Permission.RUN_FORCE);
    }
    if (typed.wrongLine().isPresent()) {
      return AccountPages.again(runs(job, typed.again(visit.speech())));
    }
    JobKey key = job.job().key();
    TriggerRequest request =
        new TriggerRequest(
            key,
            typed.all(),
            Trigger.MANUAL,
            visit.caller().who(),
            Optional.empty(),
            typed.force());
    return switch (runs.trigger(request)) {
      case TriggerResult.Created made -> toRun(made.run().id());
      case TriggerResult.SeenBefore seen -> toRun(seen.run().id());
      case TriggerResult.NoSuchJob none -> throw new NotFoundException();
      case TriggerResult.QueueFull full ->
          visit.said(Flash.Outcome.QUEUE_FULL, key.toString(), RunRows.url(key));
    };
  }

  private TemplateInstance runs(JobDetail job, JobDetailPage.Start start) {
    List<RunView> recent = recent(job);
    return page(
        job,
        recent,
        start,
        new Tab.Runs(new RunRows(visit.speech()).rows(recent.stream().limit(RECENT).toList())));
  }

  private TemplateInstance page(
      JobDetail job, List<RunView> recent, JobDetailPage.Start start, Tab tab) {
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
                start,
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

  private Response toRun(long run) {
    return visit.said(Flash.Outcome.STARTED, Long.toString(run), "/runs/" + run);
  }
}
