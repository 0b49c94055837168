package io.oasis.server.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.oasis.manifest.JobKey;
import io.oasis.server.alarm.Incident;
import io.oasis.server.alarm.IncidentFilter;
import io.oasis.server.alarm.IncidentPage;
import io.oasis.server.alarm.Incidents;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What goes wrong with jobs. */
@Path(Api.V1 + "/incidents")
@Tag(name = "Alarms")
public class IncidentResource {
  private final Incidents incidents;
  private final SecurityIdentity identity;

  public IncidentResource(Incidents incidents, SecurityIdentity identity) {
    this.incidents = incidents;
    this.identity = identity;
  }

  /** A page of incidents, newest first. */
  public record IncidentsJson(List<IncidentJson> items, String nextCursor) {}

  /** An incident with everything that was said of it. */
  public record IncidentDetailJson(
      @JsonUnwrapped IncidentJson incident, List<IncidentJson.DeliveryJson> deliveries) {}

  @GET
  @PermissionsAllowed(Permission.Name.INCIDENT_READ)
  @Operation(summary = "Lists incidents, newest first; every parameter narrows the list")
  public IncidentsJson list(
      @RestQuery Optional<String> state,
      @RestQuery Optional<String> app,
      @RestQuery Optional<String> job,
      @RestQuery Optional<Integer> limit,
      @RestQuery Optional<String> cursor) {
    Optional<JobKey> key = job.map(Paging::job);
    key.ifPresent(k -> Scope.require(identity, k.app()));
    IncidentFilter filter =
        new IncidentFilter(
            Paging.words("state", state, Incident.State.class), Scope.narrow(identity, app), key);
    IncidentPage page = page(filter, Paging.limit(limit), cursor);
    return new IncidentsJson(IncidentJson.all(page.incidents()), page.next().orElse(null));
  }

  @GET
  @Path("/{id}")
  @PermissionsAllowed(Permission.Name.INCIDENT_READ)
  @Operation(summary = "One incident with what was said of it to whom")
  public IncidentDetailJson find(@RestPath long id) {
    Incidents.Told told = requireScope(id);
    return new IncidentDetailJson(
        IncidentJson.of(told.incident()),
        told.deliveries().stream().map(IncidentJson.DeliveryJson::of).toList());
  }

  @POST
  @Path("/{id}/acknowledge")
  @PermissionsAllowed(Permission.Name.INCIDENT_ACKNOWLEDGE)
  @Operation(
      summary = "Takes an incident on: its repeats are not told any more, its end is",
      description = "An incident that is acknowledged already is answered as it is.")
  public IncidentJson acknowledge(@RestPath long id) {
    requireScope(id);
    return switch (incidents.acknowledge(id, Caller.of(identity).who())) {
      case Incidents.Acknowledged.Done(Incident now) -> IncidentJson.of(now);
      case Incidents.Acknowledged.Unchanged(Incident now) -> {
        if (now.state() == Incident.State.RESOLVED) {
          throw new ProblemException(ErrorCode.CONFLICT, "incident " + id + " is resolved");
        }
        yield IncidentJson.of(now);
      }
      case Incidents.Acknowledged.NoSuchIncident() -> throw noSuchIncident(id);
    };
  }

  private IncidentPage page(IncidentFilter filter, int limit, Optional<String> cursor) {
    try {
      return incidents.list(filter, limit, cursor);
    } catch (IllegalArgumentException e) {
      throw Paging.badCursor();
    }
  }

  private Incidents.Told requireScope(long id) {
    Incidents.Told told = incidents.find(id).orElseThrow(() -> noSuchIncident(id));
    Scope.require(identity, told.incident().job().key().app());
    return told;
  }

  private static ProblemException noSuchIncident(long id) {
    return ProblemException.notFound("incident " + id);
  }
}
