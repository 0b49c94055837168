package io.oasis.server.console;

import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.ReadResult;
import io.oasis.manifest.SpecForm;
import io.oasis.server.app.App;
import io.oasis.server.app.Apps;
import io.oasis.server.apply.AppEditor;
import io.oasis.server.apply.ApplyOptions;
import io.oasis.server.apply.ApplyRequest;
import io.oasis.server.apply.EditOutcome;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.JobDraft;
import io.oasis.ui.page.AppEditPage;
import io.oasis.ui.page.JobEditPage;
import io.oasis.ui.page.Pages;
import io.oasis.ui.page.Partials;
import io.oasis.ui.row.Field;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Making and editing an app by hand. No app can be called {@code -}: what is about no app that is
 * there lies below that name.
 */
@Path("/apps")
@Blocking
public class AppEditPages {
  private static final Duration HORIZON = Duration.ofDays(7);
  private static final String NEW = "/apps/-/new";

  private final Visit visit;
  private final Apps apps;
  private final AppEditor editor;
  private final ConsoleConfig config;

  public AppEditPages(Visit visit, Apps apps, AppEditor editor, ConsoleConfig config) {
    this.visit = visit;
    this.apps = apps;
    this.editor = editor;
    this.config = config;
  }

  @GET
  @Path("-/new")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.APP_WRITE)
  public TemplateInstance add() {
    return page(AppForm.empty(), Optional.empty(), JobEditView.Wrong.NOTHING, List.of());
  }

  @POST
  @Path("-/new")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.APP_WRITE)
  public Response create(MultivaluedMap<String, String> form) {
    return save(AppForm.typed(form), Optional.empty(), false);
  }

  /** What the form amounts to, while it is typed. */
  @POST
  @Path("-/preview")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.APP_WRITE)
  public TemplateInstance preview(MultivaluedMap<String, String> form) {
    return visit.inLanguage(Partials.appPreview(preview(AppForm.typed(form))));
  }

  @GET
  @Path("{app}/edit")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.APP_WRITE)
  public TemplateInstance edit(@PathParam("app") String name) {
    App app = find(name);
    return page(AppForm.of(app), Optional.of(app), JobEditView.Wrong.NOTHING, List.of());
  }

  @POST
  @Path("{app}/edit")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.APP_WRITE)
  public Response change(@PathParam("app") String name, MultivaluedMap<String, String> form) {
    App app = find(name);
    AppForm typed = AppForm.typed(form);
    if (!typed.field("name").equals(name)) {
      throw new BadRequestException("the form is about " + typed.field("name"));
    }
    return save(typed, Optional.of(app), form.containsKey("override"));
  }

  private Response save(AppForm typed, Optional<App> app, boolean override) {
    String name = typed.field("name");
    Optional<JobEditView.Wrong> tooLong =
        JobEditView.Wrong.reason(typed.field("reason"), visit.speech());
    if (tooLong.isPresent()) {
      return again(typed, app, tooLong.get(), List.of());
    }
    ApplyRequest request =
        new ApplyRequest(
            List.of(typed.file()),
            JobDraft.Origin.byHand(visit.caller().who(), JobDraft.Via.CONSOLE, typed.reason()),
            visit.reach(),
            HORIZON,
            override ? ApplyOptions.BY_HAND : ApplyOptions.PLAIN);
    AppEditor.Edit edit = new AppEditor.Edit(name, app.map(there -> typed.base()), request);
    return switch (editor.save(edit)) {
      case EditOutcome.Saved(var plan) -> visit.said(Flash.Outcome.SAVED, name, AppPages.url(name));
      case EditOutcome.Stale(var fields) -> {
        // The next save is of what is there now: its reader has seen it.
        App now = find(name);
        yield again(
            typed.on(now), Optional.of(now), JobEditView.Wrong.NOTHING, JobEditView.clash(fields));
      }
      case EditOutcome.Invalid(var problems) ->
          again(
              typed,
              app,
              JobEditView.wrong(problems, AppForm.FIELD_OF_PATH, visit.speech()),
              List.of());
      case EditOutcome.Owned(var owner) ->
          again(
              typed,
              app,
              JobEditView.Wrong.general(visit.speech().apps().owned(owner.owner())),
              List.of());
      case EditOutcome.Exists() ->
          again(
              typed, app, JobEditView.Wrong.at("name", visit.speech().apps().exists()), List.of());
      case EditOutcome.Missing() -> throw new NotFoundException();
      case EditOutcome.OutOfScope(var object) ->
          again(
              typed,
              app,
              JobEditView.Wrong.at("name", visit.speech().apps().outOfReach()),
              List.of());
    };
  }

  private Response again(
      AppForm typed, Optional<App> app, JobEditView.Wrong wrong, List<JobEditPage.Clash> clash) {
    return AccountPages.again(page(typed, app, wrong, clash));
  }

  private TemplateInstance page(
      AppForm form, Optional<App> app, JobEditView.Wrong wrong, List<JobEditPage.Clash> clash) {
    Map<String, Field> fields = new LinkedHashMap<>();
    form.fields().forEach((name, value) -> fields.put(name, Field.of(value)));
    wrong
        .byField()
        .forEach((name, problem) -> fields.put(name, new Field(form.field(name), problem)));
    AppEditPage.Base base =
        app.map(
                there ->
                    new AppEditPage.Base(
                        AppPages.url(there.name()) + "/edit",
                        AppPages.url(there.name()),
                        there.source().orElse("")))
            .orElse(new AppEditPage.Base(NEW, "/apps", ""));
    return visit.inLanguage(
        Pages.appEdit(
            new AppEditPage(
                visit.frame("apps"),
                app.map(there -> visit.speech().apps().editApp(there.name()))
                    .orElse(visit.speech().apps().newApp()),
                new AppEditPage.Form(base, app.isEmpty(), fields),
                wrong.general(),
                clash,
                form.field("name").isEmpty() ? JobEditPage.Preview.NONE : preview(form))));
  }

  private JobEditPage.Preview preview(AppForm form) {
    ReadResult read = new ManifestReader(config.defaultTimeZone()).read(List.of(form.file()));
    return read.problems().isEmpty() && !read.manifests().isEmpty()
        ? new JobEditPage.Preview(List.of(), List.of(), SpecForm.toYaml(read.manifests().get(0)))
        : new JobEditPage.Preview(
            read.problems().stream().map(visit.speech()::problem).distinct().toList(),
            List.of(),
            "");
  }

  private App find(String name) {
    visit.require(name);
    return apps.find(name).orElseThrow(NotFoundException::new);
  }
}
