package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.SpecForm;
import io.oasis.server.app.Apps;
import io.oasis.server.apply.ApplyOptions;
import io.oasis.server.apply.ApplyRequest;
import io.oasis.server.apply.EditOutcome;
import io.oasis.server.apply.JobEditor;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.JobDetail;
import io.oasis.server.job.JobDraft;
import io.oasis.server.job.Jobs;
import io.oasis.ui.page.JobEditPage;
import io.oasis.ui.page.Pages;
import io.oasis.ui.page.Partials;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.FormParam;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Making, editing, copying and deleting a job by hand. */
@Path("/jobs")
@Blocking
public class JobEditPages {
  private static final Duration HORIZON = Duration.ofDays(7);

  private final Visit visit;
  private final Jobs jobs;
  private final Apps apps;
  private final JobEditor editor;
  private final ConsoleConfig config;

  public JobEditPages(Visit visit, Jobs jobs, Apps apps, JobEditor editor, ConsoleConfig config) {
    this.visit = visit;
    this.jobs = jobs;
    this.apps = apps;
    this.editor = editor;
    this.config = config;
  }

  /** The empty form, or the copy of a job. */
  @GET
  @Path("new")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  public TemplateInstance add(@QueryParam("copy") String copy, @QueryParam("app") String app) {
    if (copy == null || copy.isBlank()) {
      JobForm empty = JobForm.of(new JobKey(app == null ? "" : app, ""), Map.of(), blank());
      return page(visit.speech().edit().newJob(), empty, base(), JobEditView.Wrong.NOTHING);
    }
    JobDetail job = find(key(copy));
    JobForm form = JobForm.of(new JobKey(job.job().key().app(), ""), job.job().labels(), form(job));
    return page(visit.speech().edit().copyJob(copy), form, base(), JobEditView.Wrong.NOTHING);
  }

  @GET
  @Path("{app}/{name}/edit")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  public TemplateInstance edit(@PathParam("app") String app, @PathParam("name") String name) {
    JobDetail job = find(new JobKey(app, name));
    JobForm form = JobForm.of(job.job().key(), job.job().labels(), form(job));
    return page(
        visit.speech().edit().editJob(job.job().key().toString()),
        form,
        base(job),
        JobEditView.Wrong.NOTHING);
  }

  /** What the form amounts to, while it is typed. */
  @POST
  @Path("preview")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  public TemplateInstance preview(MultivaluedMap<String, String> form) {
    return visit.inLanguage(
        Partials.jobPreview(view().preview(JobForm.typed(form)), visit.speech().zone().getId()));
  }

  @POST
  @Path("new")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  public Response create(MultivaluedMap<String, String> form) {
    JobForm typed = JobForm.typed(form);
    return save(typed, base(), Optional.empty(), false);
  }

  @POST
  @Path("{app}/{name}/edit")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  public Response change(
      @PathParam("app") String app,
      @PathParam("name") String name,
      MultivaluedMap<String, String> form) {
    JobDetail job = find(new JobKey(app, name));
    JobForm typed = JobForm.typed(form);
    if (!typed.key().equals(job.job().key())) {
      throw new BadRequestException("the form is about " + typed.key());
    }
    JobEditor.Base edited =
        new JobEditor.Base.Revision(number(typed, "uid"), (int) number(typed, "revision"));
    return save(typed, base(job), Optional.of(edited), form.containsKey("override"));
  }

  @POST
  @Path("{app}/{name}/delete")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  public Response delete(
      @PathParam("app") String app,
      @PathParam("name") String name,
      @FormParam("override") boolean override) {
    JobKey key = new JobKey(app, name);
    Optional<String> owner = find(key).job().history().source();
    if (owner.isPresent() && !override) {
      return visit.said(Flash.Outcome.OWNED, owner.get(), RunRows.url(key));
    }
    return switch (jobs.delete(key, visit.caller().who())) {
      case Jobs.Deleted.Done done -> visit.said(Flash.Outcome.DELETED, key.toString(), "/jobs");
      case Jobs.Deleted.NoSuchJob none -> throw new NotFoundException();
    };
  }

  private Response save(
      JobForm typed, JobEditPage.Base base, Optional<JobEditor.Base> edited, boolean override) {
    JobEditView view = view();
    Optional<JobEditView.Wrong> tooLong =
        JobEditView.Wrong.reason(typed.field("reason"), visit.speech());
    if (tooLong.isPresent()) {
      return again(typed, base, tooLong.get(), List.of());
    }
    JobEditor.Edit edit;
    try {
      edit = new JobEditor.Edit(typed.key(), edited, request(view, typed, override));
    } catch (JobForm.NotALine e) {
      return again(typed, base, view.wrong(e), List.of());
    }
    return switch (editor.save(edit)) {
      case EditOutcome.Saved(var plan) ->
          visit.said(Flash.Outcome.SAVED, typed.key().toString(), RunRows.url(typed.key()));
      case EditOutcome.Stale(var views) ->
          // The next save is of what is there now: its reader has seen it.
          again(
              typed,
              base(find(typed.key())),
              JobEditView.Wrong.NOTHING,
              JobEditView.clash(views.fields()));
      case EditOutcome.Invalid(var problems) -> again(typed, base, view.wrong(problems), List.of());
      case EditOutcome.Owned(var owner) ->
          again(
              typed,
              base,
              JobEditView.Wrong.general(visit.speech().edit().owned(owner.owner())),
              List.of());
      case EditOutcome.Exists() ->
          again(
              typed, base, JobEditView.Wrong.at("name", visit.speech().edit().exists()), List.of());
      case EditOutcome.Missing() -> throw new NotFoundException();
      case EditOutcome.OutOfScope(var object) -> throw new ForbiddenException(object);
    };
  }

  private ApplyRequest request(JobEditView view, JobForm typed, boolean override) {
    Optional<String> reason = Optional.of(typed.field("reason")).filter(text -> !text.isEmpty());
    return new ApplyRequest(
        List.of(view.file(typed)),
        JobDraft.Origin.byHand(visit.caller().who(), JobDraft.Via.CONSOLE, reason),
        visit.reach(),
        HORIZON,
        override ? ApplyOptions.BY_HAND : ApplyOptions.PLAIN);
  }

  private Response again(
      JobForm typed,
      JobEditPage.Base base,
      JobEditView.Wrong wrong,
      List<JobEditPage.Clash> clash) {
    String title =
        base.isNew()
            ? visit.speech().edit().newJob()
            : visit.speech().edit().editJob(typed.key().toString());
    return AccountPages.again(page(title, typed, base, wrong, clash));
  }

  private TemplateInstance page(
      String title, JobForm form, JobEditPage.Base base, JobEditView.Wrong wrong) {
    return page(title, form, base, wrong, List.of());
  }

  private TemplateInstance page(
      String title,
      JobForm form,
      JobEditPage.Base base,
      JobEditView.Wrong wrong,
      List<JobEditPage.Clash> clash) {
    JobEditView.Known known =
        new JobEditView.Known(
            apps.names(visit.reach()),
            apps.nodes(visit.reach()).stream()
                .flatMap(node -> node.handlers().stream())
                .distinct()
                .sorted()
                .toList());
    JobEditView view = view();
    return visit.inLanguage(
        Pages.jobEdit(
            new JobEditPage(
                visit.frame("jobs"),
                title,
                view.form(form, base, known, wrong),
                wrong.general(),
                clash,
                base.isNew() && form.field("handler").isEmpty()
                    ? JobEditPage.Preview.NONE
                    : view.preview(form))));
  }

  private JobEditView view() {
    return new JobEditView(visit.speech(), config.defaultTimeZone());
  }

  private JobDetail find(JobKey key) {
    visit.require(key.app());
    return jobs.find(key).orElseThrow(NotFoundException::new);
  }

  private static JobEditPage.Base base() {
    return new JobEditPage.Base("/jobs/new", "/jobs", "", "", "");
  }

  private Map<String, Object> blank() {
    return Map.of("schedule", Map.of("cron", "", "timeZone", visit.speech().zone().getId()));
  }

  /** What cannot be read is not made up: it is written anew, and saving that mends the job. */
  private Map<String, Object> form(JobDetail job) {
    return job.unreadable().isPresent() ? blank() : SpecForm.toMap(job.spec());
  }

  private static JobEditPage.Base base(JobDetail job) {
    String url = RunRows.url(job.job().key());
    return new JobEditPage.Base(
        url + "/edit",
        url,
        Long.toString(job.job().uid()),
        Integer.toString(job.job().revision()),
        job.job().history().source().orElse(""));
  }

  private static JobKey key(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0) {
      throw new BadRequestException("not a job: " + text);
    }
    return new JobKey(text.substring(0, slash), text.substring(slash + 1));
  }

  private static long number(JobForm form, String field) {
    try {
      return Long.parseLong(form.field(field));
    } catch (NumberFormatException e) {
      throw new BadRequestException(e);
    }
  }
}
