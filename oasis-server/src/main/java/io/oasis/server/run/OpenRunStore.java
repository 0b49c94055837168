package io.oasis.server.run;

import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** SQL of an app's runs that are not over; the index of those is small, whatever the history is. */
@ApplicationScoped
class OpenRunStore {
  private static final String COUNT =
      """
      SELECT count(*) FILTER (WHERE state = 'QUEUED') AS waiting,
             count(*) FILTER (WHERE state <> 'QUEUED') AS under_way
        FROM run
       WHERE state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING') AND app_id = ?
      """;
  private static final String LOCK =
      """
      SELECT %s FROM run r
       WHERE r.state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING') AND r.app_id = ?
       ORDER BY r.id FOR UPDATE
      """
          .formatted(RunColumns.ALL);

  RunsOfApp.Open count(Tx tx, long appId) {
    return tx.one(
        COUNT, row -> new RunsOfApp.Open(row.number("waiting"), row.number("under_way")), appId);
  }

  List<RunRow> lock(Tx tx, long appId) {
    return tx.query(LOCK, RunColumns::read, appId);
  }
}
