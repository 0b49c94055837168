package io.oasis.server.run;

import io.oasis.server.database.Row;
import java.util.List;

/** Reads the columns of {@code run} that the engine works with. */
final class RunColumns {
  static final String ALL =
      """
      r.id, r.nominal_at, r.job_uid, r.app_id, r.revision, r.trigger, r.params, r.created_at,
      r.max_attempts, r.state, r.reason, r.message, r.owner_server, r.wake_at, r.node_id, r.node_why,
      r.attempt, r.epoch, r.member_count, r.dispatched_at, r.started_at, r.deadline_at,
      r.finished_at, r.result, r.last_log_seq, r.refused_by, r.stop_reason, r.forced\
      """;

  private RunColumns() {}

  /** Node ids have no blanks. */
  private static List<String> nodes(String text) {
    return List.of(text.split(" ", -1));
  }

  /** How a list of nodes is stored; null when there is none. */
  static String text(List<String> nodes) {
    return nodes.isEmpty() ? null : String.join(" ", nodes);
  }

  static RunRow read(Row row) {
    return new RunRow(row.longNumber("id"), row.instant("nominal_at"), origin(row), standing(row));
  }

  private static RunRow.Origin origin(Row row) {
    return new RunRow.Origin(
        row.longNumber("job_uid"),
        row.longNumber("app_id"),
        row.number("revision"),
        row.constant("trigger", Trigger.class),
        row.optionalText("params"),
        row.instant("created_at"),
        row.number("max_attempts"),
        row.flag("forced"));
  }

  private static Standing standing(Row row) {
    return new Standing(
        row.constant("state", RunState.class),
        row.optionalText("reason").map(ReasonCode::valueOf),
        row.optionalText("message"),
        row.optionalText("owner_server"),
        row.optionalInstant("wake_at"),
        row.optionalText("node_id"),
        row.optionalText("node_why"),
        row.number("attempt"),
        row.longNumber("epoch"),
        row.number("member_count"),
        row.optionalInstant("dispatched_at"),
        row.optionalInstant("started_at"),
        row.optionalInstant("deadline_at"),
        row.optionalInstant("finished_at"),
        row.optionalText("result"),
        row.longNumber("last_log_seq"),
        row.optionalText("refused_by").map(RunColumns::nodes).orElse(List.of()),
        row.optionalText("stop_reason").map(ReasonCode::valueOf));
  }
}
