package io.oasis.server.alarm;

import io.oasis.manifest.Alarm;
import io.oasis.manifest.JobKey;
import io.oasis.manifest.Owner;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.Reach;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The SQL of incidents as people ask for them. */
@ApplicationScoped
public class IncidentStore {
  private static final String SELECT =
      """
      SELECT i.id, i.kind, i.opened_at, i.failures, i.first_run_id, i.last_run_id, i.last_failed_at,
             i.reason, i.message, i.acknowledged_at, i.acknowledged_by, i.resolved_at,
             i.resolved_run_id, a.name AS app, j.name, j.title, j.time_zone,
             CASE WHEN j.owner_name <> '' OR j.owner_email <> '' THEN j.owner_name
                  ELSE a.owner_name END AS owner_name,
             CASE WHEN j.owner_name <> '' OR j.owner_email <> '' THEN j.owner_email
                  ELSE a.owner_email END AS owner_email
        FROM incident i JOIN job j ON j.uid = i.job_uid JOIN app a ON a.id = i.app_id
      """;

  private static final String DELIVERIES =
      """
      SELECT id, event, run_id, channel, address, state, attempts, created_at, due_at, sent_at, error
        FROM alarm WHERE incident_id = ? ORDER BY id
      """;

  private static final String OPEN_COUNT =
      """
      SELECT count(*) AS open FROM incident i JOIN app a ON a.id = i.app_id
       WHERE i.resolved_at IS NULL AND (?::text[] IS NULL OR a.name = ANY(?::text[]))
      """;

  private static final String ACKNOWLEDGE =
      """
      UPDATE incident SET acknowledged_at = clock_timestamp(), acknowledged_by = ?
       WHERE id = ? AND acknowledged_at IS NULL AND resolved_at IS NULL
      """;

  /** Nobody will ever resolve these: the job is gone, or has no alarm that could. */
  private static final String CLOSE_ORPHANS =
      """
      UPDATE incident i SET resolved_at = clock_timestamp()
        FROM job j
       WHERE i.resolved_at IS NULL AND j.uid = i.job_uid
         AND (j.deleted_at IS NOT NULL OR coalesce(jsonb_array_length(j.spec -> 'alarm' -> 'on'), 0) = 0)
      """;

  private static final String FORGET =
      """
      DELETE FROM incident WHERE id = ANY(ARRAY(
        SELECT id FROM incident
         WHERE resolved_at < clock_timestamp() - ? * interval '1 millisecond' LIMIT 1000))
      """;

  /** Incidents with an id below {@code before}, newest first. */
  List<Incident> list(Tx tx, IncidentFilter filter, long before, int limit) {
    StringBuilder sql = new StringBuilder(SELECT).append(" WHERE i.id < ?");
    List<Object> parameters = new ArrayList<>();
    parameters.add(before);
    filter
        .apps()
        .names()
        .ifPresent(
            names -> {
              sql.append(" AND a.name = ANY(?)");
              parameters.add(SqlArray.texts(names));
            });
    filter
        .job()
        .ifPresent(
            job -> {
              sql.append(
                  """
                   AND i.job_uid IN (SELECT o.uid FROM job o JOIN app p ON p.id = o.app_id
                                      WHERE p.name = ? AND o.name = ?)
                  """);
              parameters.addAll(List.of(job.app(), job.name()));
            });
    if (!filter.states().isEmpty()) {
      sql.append(
          filter.states().stream()
              .map(IncidentStore::condition)
              .collect(Collectors.joining(" OR ", " AND (", ")")));
    }
    sql.append(" ORDER BY i.id DESC LIMIT ?");
    parameters.add(limit);
    return tx.query(sql.toString(), IncidentStore::incident, parameters.toArray());
  }

  private static String condition(Incident.State state) {
    return switch (state) {
      case OPEN -> "(i.resolved_at IS NULL AND i.acknowledged_at IS NULL)";
      case ACKNOWLEDGED -> "(i.resolved_at IS NULL AND i.acknowledged_at IS NOT NULL)";
      case RESOLVED -> "i.resolved_at IS NOT NULL";
    };
  }

  Optional<Incident> find(Tx tx, long id) {
    return tx.first(SELECT + " WHERE i.id = ?", IncidentStore::incident, id);
  }

  List<Incident> find(Tx tx, Collection<Long> ids) {
    return tx.query(SELECT + " WHERE i.id = ANY(?)", IncidentStore::incident, SqlArray.longs(ids));
  }

  List<Delivery> deliveries(Tx tx, long incident) {
    return tx.query(
        DELIVERIES,
        row ->
            new Delivery(
                row.longNumber("id"),
                row.constant("event", Delivery.Event.class),
                row.longNumber("run_id"),
                row.constant("channel", Delivery.Channel.class),
                row.text("address"),
                row.constant("state", Delivery.State.class),
                row.number("attempts"),
                row.instant("created_at"),
                row.instant("due_at"),
                row.optionalInstant("sent_at"),
                row.optionalText("error")),
        incident);
  }

  /** How many go on. */
  int openCount(Tx tx, Reach apps) {
    Optional<SqlArray> names = apps.names().map(SqlArray::texts);
    return tx.one(OPEN_COUNT, row -> row.number("open"), names, names);
  }

  /** False when it was acknowledged or resolved before. */
  boolean acknowledge(Tx tx, long id, String by) {
    return tx.update(ACKNOWLEDGE, by, id) > 0;
  }

  /** Ends incidents that no run can end. */
  int closeOrphans(Tx tx) {
    return tx.update(CLOSE_ORPHANS);
  }

  /** Deletes incidents that were resolved so long ago, with what was said of them. */
  int forget(Tx tx, Duration resolvedFor) {
    return tx.update(FORGET, resolvedFor.toMillis());
  }

  private static Incident incident(Row row) {
    return new Incident(
        row.longNumber("id"),
        new Incident.Subject(
            new JobKey(row.text("app"), row.text("name")),
            row.text("title"),
            new Owner(row.text("owner_name"), row.text("owner_email")),
            row.optionalText("time_zone").map(ZoneId::of)),
        row.constant("kind", Alarm.Event.class),
        row.instant("opened_at"),
        row.longNumber("failures"),
        row.longNumber("first_run_id"),
        new Incident.Failure(
            row.longNumber("last_run_id"),
            row.instant("last_failed_at"),
            row.optionalText("reason"),
            row.optionalText("message")),
        row.optionalInstant("acknowledged_at")
            .map(at -> new Incident.Acknowledgement(at, row.text("acknowledged_by"))),
        row.optionalInstant("resolved_at")
            .map(at -> new Incident.Resolution(at, row.optionalLong("resolved_run_id"))));
  }
}
