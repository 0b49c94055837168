package io.oasis.server.console;

import io.oasis.manifest.Owner;
import io.oasis.server.alarm.Delivery;
import io.oasis.server.alarm.Incident;
import io.oasis.server.alarm.IncidentFilter;
import io.oasis.server.alarm.IncidentPage;
import io.oasis.server.alarm.Incidents;
import io.oasis.server.app.Apps;
import io.oasis.server.identity.Permission;
import io.oasis.ui.page.AlarmPage;
import io.oasis.ui.page.AlarmsPage;
import io.oasis.ui.page.Pages;
import io.oasis.ui.row.AlarmEvent;
import io.oasis.ui.row.AlarmKind;
import io.oasis.ui.row.DeliveryBadge;
import io.oasis.ui.row.DeliveryRow;
import io.oasis.ui.row.IncidentBadge;
import io.oasis.ui.row.IncidentRow;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;

/** What goes wrong with jobs, who was told, and who has taken it on. */
@Path("/alarms")
@Blocking
public class AlarmPages {
  private static final int ROWS = 50;

  private final Visit visit;
  private final Incidents incidents;
  private final Apps apps;

  public AlarmPages(Visit visit, Incidents incidents, Apps apps) {
    this.visit = visit;
    this.incidents = incidents;
    this.apps = apps;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.INCIDENT_READ)
  public TemplateInstance list(@Context UriInfo uri, @QueryParam("cursor") String cursor) {
    Speech speech = visit.speech();
    AlarmQuery query = AlarmQuery.of(uri.getQueryParameters());
    Optional<String> from = Optional.ofNullable(cursor).filter(c -> !c.isBlank());
    IncidentPage page = page(query.filter(visit.reach()), from);
    return visit.inLanguage(
        Pages.alarms(
            new AlarmsPage(
                visit.frame("alarms"),
                query.form(apps.names(visit.reach()), speech),
                page.incidents().stream().map(incident -> row(incident, visit)).toList(),
                from.isPresent() ? query.address().toString() : "",
                page.next().map(n -> query.address().with("cursor", n).toString()).orElse(""))));
  }

  @GET
  @Path("{id}")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.INCIDENT_READ)
  public TemplateInstance incident(@PathParam("id") String id) {
    Incidents.Told told = seen(id);
    Incident incident = told.incident();
    Speech speech = visit.speech();
    return visit.inLanguage(
        Pages.alarm(
            new AlarmPage(
                visit.frameOf("alarms", incident.job().key().app()),
                row(incident, visit),
                owner(incident.job().owner()),
                incident.firstRun(),
                speech.moment(incident.acknowledged().map(Incident.Acknowledgement::at)),
                speech.moment(incident.resolved().map(Incident.Resolution::at)),
                incident.resolved().flatMap(Incident.Resolution::run).orElse(0L),
                told.deliveries().stream().map(delivery -> row(delivery, speech)).toList())));
  }

  @POST
  @Path("{id}/acknowledge")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.INCIDENT_ACKNOWLEDGE)
  public Response acknowledge(@PathParam("id") String id) {
    long number = seen(id).incident().id();
    switch (incidents.acknowledge(number, visit.caller().who())) {
      case Incidents.Acknowledged.Done now -> visit.flash(Flash.Outcome.ACKNOWLEDGED, id);
      case Incidents.Acknowledged.Unchanged(Incident now) ->
          visit.flash(
              now.state() == Incident.State.RESOLVED
                  ? Flash.Outcome.ALREADY_RESOLVED
                  : Flash.Outcome.ACKNOWLEDGED,
              id);
      case Incidents.Acknowledged.NoSuchIncident none -> throw new NotFoundException();
    }
    return Response.seeOther(URI.create("/alarms/" + number)).build();
  }

  /** The incident, when the viewer sees its app. */
  private Incidents.Told seen(String id) {
    Incidents.Told told = incidents.find(RunPages.runId(id)).orElseThrow(NotFoundException::new);
    visit.require(told.incident().job().key().app());
    return told;
  }

  private IncidentPage page(IncidentFilter filter, Optional<String> cursor) {
    try {
      return incidents.list(filter, ROWS, cursor);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e);
    }
  }

  /** An incident in a list. */
  static IncidentRow row(Incident incident, Visit visit) {
    Speech speech = visit.speech();
    boolean open = incident.state() == Incident.State.OPEN;
    String app = incident.job().key().app();
    return new IncidentRow(
        incident.id(),
        RunRows.link(incident.job().key(), incident.job().title()),
        AlarmKind.valueOf(incident.kind().name()),
        IncidentBadge.valueOf(incident.state().name()),
        speech.why(incident.last().reason(), incident.last().message()),
        speech.number(incident.failures()),
        speech.moment(incident.openedAt()),
        speech.moment(incident.last().at()),
        incident.last().run(),
        incident.acknowledged().map(Incident.Acknowledgement::by).orElse(""),
        open && visit.caller().access().may(Permission.INCIDENT_ACKNOWLEDGE, app));
  }

  private static DeliveryRow row(Delivery delivery, Speech speech) {
    return new DeliveryRow(
        AlarmEvent.valueOf(delivery.event().name()),
        delivery.run(),
        delivery.address(),
        DeliveryBadge.valueOf(delivery.state().name()),
        speech.moment(
            switch (delivery.state()) {
              case SENT -> delivery.sentAt().orElse(delivery.createdAt());
              case PENDING -> delivery.dueAt();
              case FAILED -> delivery.createdAt();
            }),
        delivery.attempts(),
        delivery.error().map(speech::remark).orElse(""));
  }

  private static String owner(Owner owner) {
    return owner.name().isBlank() ? owner.email() : owner.name();
  }
}
