package io.oasis.server.api;

import io.oasis.server.alarm.Delivery;
import io.oasis.server.alarm.Incident;
import java.time.Instant;
import java.util.List;

/**
 * An incident in a list.
 *
 * @param kind FAILURE, TIMEOUT, LOST or MISSED
 * @param state OPEN, ACKNOWLEDGED or RESOLVED
 * @param resolvedRun the run that succeeded; null also for an incident whose job is deleted
 */
public record IncidentJson(
    long id,
    String app,
    String job,
    String jobTitle,
    OwnerJson owner,
    String kind,
    String state,
    Instant openedAt,
    long failures,
    long firstRun,
    long lastRun,
    Instant lastFailedAt,
    String reason,
    String message,
    Instant acknowledgedAt,
    String acknowledgedBy,
    Instant resolvedAt,
    Long resolvedRun) {

  /** One thing that was or is to be said to one address. */
  public record DeliveryJson(
      long id,
      String event,
      long run,
      String channel,
      String address,
      String state,
      int attempts,
      Instant createdAt,
      Instant nextTryAt,
      Instant sentAt,
      String error) {
    static DeliveryJson of(Delivery delivery) {
      boolean pending = delivery.state() == Delivery.State.PENDING;
      return new DeliveryJson(
          delivery.id(),
          delivery.event().name(),
          delivery.run(),
          delivery.channel().name(),
          delivery.address(),
          delivery.state().name(),
          delivery.attempts(),
          delivery.createdAt(),
          pending ? delivery.dueAt() : null,
          delivery.sentAt().orElse(null),
          delivery.error().orElse(null));
    }
  }

  static IncidentJson of(Incident incident) {
    return new IncidentJson(
        incident.id(),
        incident.job().key().app(),
        incident.job().key().toString(),
        incident.job().title(),
        OwnerJson.of(incident.job().owner()),
        incident.kind().name(),
        incident.state().name(),
        incident.openedAt(),
        incident.failures(),
        incident.firstRun(),
        incident.last().run(),
        incident.last().at(),
        incident.last().reason().orElse(null),
        incident.last().message().orElse(null),
        incident.acknowledged().map(Incident.Acknowledgement::at).orElse(null),
        incident.acknowledged().map(Incident.Acknowledgement::by).orElse(null),
        incident.resolved().map(Incident.Resolution::at).orElse(null),
        incident.resolved().flatMap(Incident.Resolution::run).orElse(null));
  }

  static List<IncidentJson> all(List<Incident> incidents) {
    return incidents.stream().map(IncidentJson::of).toList();
  }
}
