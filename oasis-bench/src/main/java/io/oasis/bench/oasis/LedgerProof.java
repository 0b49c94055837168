package io.oasis.bench.oasis;

import com.fasterxml.jackson.databind.JsonNode;
import io.oasis.bench.machine.BenchException;
import io.oasis.bench.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Proves that a batch ran as promised: each job has exactly one run, which succeeded, at its own
 * time and not before it; the handler was called exactly once for each and not early; and the
 * history of runs picked evenly holds every step.
 */
public final class LedgerProof {
  private static final int HISTORIES = 50;
  private static final List<String> STEPS =
      List.of("CREATED", "DISPATCHED", "STARTED", "SUCCEEDED");

  /** A partial index of the server's has just these. */
  private static final String OPEN =
      """
      SELECT NOT EXISTS (SELECT FROM job_fire WHERE job_uid BETWEEN ? AND ?
                            AND next_fire_at <= ?::timestamptz)
         AND NOT EXISTS (SELECT FROM run
                          WHERE state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING')
                            AND job_uid BETWEEN ? AND ?
                            AND nominal_at <= ?::timestamptz)
      """;

  private static final String RUNS =
      """
      SELECT r.id, r.state, r.attempt, micros(r.nominal_at) AS nominal,
             micros(r.dispatched_at) AS dispatched, micros(r.started_at) AS started,
             micros(r.finished_at) AS finished
        FROM run r WHERE r.job_uid BETWEEN ? AND ?
         AND r.nominal_at BETWEEN ?::timestamptz AND ?::timestamptz
      """
          .replaceAll("micros\\((.*?)\\)", "(extract(epoch FROM $1) * 1000000)::bigint");

  private final Cluster cluster;
  private final Database database;
  private final Batch batch;

  /** About one batch. */
  public LedgerProof(Cluster cluster, Batch batch) {
    this.cluster = cluster;
    this.database = cluster.database();
    this.batch = batch;
  }

  private record Run(
      long id,
      String state,
      int attempt,
      long nominal,
      long dispatched,
      long started,
      long finished) {}

  /**
   * What was found.
   *
   * @param firstCallMicros when a handler was called first
   * @param lastFinishMicros when the last run was finished, as the ledger has it
   * @param lateMicros how late each handler was called
   * @param repeated runs that needed more than one attempt
   */
  public record Found(
      long firstCallMicros, long lastFinishMicros, List<Long> lateMicros, int repeated) {}

  /** Whether no job of the batch is due any more, and none of its runs waits or runs. */
  public boolean isOver() {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setLong(1, batch.firstUid());
      statement.setLong(2, batch.lastUid());
      statement.setString(3, time(batch.due().lastMicros()));
      statement.setLong(4, batch.firstUid());
      statement.setLong(5, batch.lastUid());
      statement.setString(6, time(batch.due().lastMicros()));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new BenchException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Checks everything.
   *
   * @param calls all calls of handlers since the batch was made
   * @throws BenchException when a promise is broken
   */
  public Found check(List<Call> calls) {
    List<Run> runs = runs();
    if (runs.size() != batch.size()) {
      throw new BenchException(batch.size() + " jobs have " + runs.size() + " runs");
    }
    Map<Long, Run> open = new HashMap<>();
    Map<Long, Integer> times = new HashMap<>();
    long last = 0;
    int repeated = 0;
    for (Run run : runs) {
      require(run.state.equals("SUCCEEDED"), run, "has not succeeded");
      require(run.dispatched >= run.nominal, run, "was dispatched early");
      require(run.started >= run.nominal, run, "started early");
      repeated += run.attempt > 1 ? 1 : 0;
      last = Math.max(last, run.finished);
      open.put(run.id, run);
      times.merge(run.nominal, 1, Integer::sum);
    }
    checkTimes(times);
    checkCalls(calls, open);
    checkHistories(runs);
    return new Found(
        calls.stream().mapToLong(Call::calledMicros).min().orElseThrow(),
        last,
        calls.stream().map(Call::lateMicros).toList(),
        repeated);
  }

  private void checkTimes(Map<Long, Integer> times) {
    for (int i = 0; i < batch.size(); i++) {
      if (times.merge(batch.due().micros(i), -1, Integer::sum) < 0) {
        throw new BenchException("no run stands for " + time(batch.due().micros(i)));
      }
    }
  }

  private static void checkCalls(List<Call> calls, Map<Long, Run> open) {
    for (Call call : calls) {
      Run run = open.remove(call.run());
      if (run == null) {
        throw new BenchException("a handler was called twice, or for another run: " + call);
      }
      if (call.calledMicros() < run.nominal) {
        throw new BenchException("a handler was called early: " + call);
      }
    }
    if (!open.isEmpty()) {
      throw new BenchException("the handler was not called for " + open.size() + " runs");
    }
  }

  private void checkHistories(List<Run> runs) {
    int step = Math.max(1, runs.size() / HISTORIES);
    for (int i = 0; i < runs.size(); i += step) {
      Run run = runs.get(i);
      List<String> kinds = new ArrayList<>();
      JsonNode seen = cluster.api().get("/runs/" + run.id);
      seen.path("events").forEach(event -> kinds.add(event.path("kind").asText()));
      require(kinds.containsAll(STEPS), run, "has a history of only " + kinds);
    }
  }

  private List<Run> runs() {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(RUNS)) {
      statement.setLong(1, batch.firstUid());
      statement.setLong(2, batch.lastUid());
      statement.setString(3, time(batch.due().firstMicros()));
      statement.setString(4, time(batch.due().lastMicros()));
      List<Run> runs = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          runs.add(
              new Run(
                  rows.getLong("id"),
                  rows.getString("state"),
                  rows.getInt("attempt"),
                  rows.getLong("nominal"),
                  rows.getLong("dispatched"),
                  rows.getLong("started"),
                  rows.getLong("finished")));
        }
      }
      return runs;
    } catch (SQLException e) {
      throw new BenchException("the ledger cannot be read: " + e.getMessage(), e);
    }
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  private static void require(boolean holds, Run run, String complaint) {
    if (!holds) {
      throw new BenchException("run " + run + " " + complaint);
    }
  }
}
