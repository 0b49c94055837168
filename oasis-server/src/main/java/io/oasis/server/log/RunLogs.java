package io.oasis.server.log;

import io.oasis.server.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door of the feature: reading logs. */
@ApplicationScoped
public class RunLogs {
  private static final int MOST_LINES = 5_000;

  private final Database database;
  private final LogStore store;
  private final LogConfig config;

  public RunLogs(Database database, LogStore store, LogConfig config) {
    this.database = database;
    this.store = store;
    this.config = config;
  }

  /**
   * The lines after a position. Blocks.
   *
   * @param attempt only this attempt; empty: all of them
   * @param limit at most so many lines, 1–5,000
   * @return empty when there is no such run
   */
  public Optional<LogPage> read(
      long runId, LogPosition after, Optional<Integer> attempt, int limit) {
    int most = Math.clamp(limit, 1, MOST_LINES);
    return database.call(
        tx ->
            store
                .owner(tx, runId, config.drain())
                .map(
                    owner -> {
                      // Before the lines: one that comes in between must not be called the end.
                      long missing =
                          owner.runFinal()
                              ? store.missing(tx, runId, owner.nominalAt(), attempt)
                              : 0;
                      List<LogStore.StoredRow> rows =
                          store.read(tx, runId, owner.nominalAt(), after, attempt, most);
                      return page(owner, missing, rows, after, most);
                    }));
  }

  private static LogPage page(
      LogStore.LogOwner owner,
      long missing,
      List<LogStore.StoredRow> rows,
      LogPosition after,
      int limit) {
    List<LogLine> lines = new ArrayList<>();
    Map<LogPosition.Part, Long> last = new HashMap<>();
    for (LogStore.StoredRow row : rows) {
      long seq = row.firstSeq();
      for (LogEntry entry : LogText.read(row.lines())) {
        if (seq > row.seen() && lines.size() < limit) {
          lines.add(
              new LogLine(
                  row.attempt(), row.member(), seq, entry.at(), entry.stream(), entry.text()));
          last.put(new LogPosition.Part(row.attempt(), row.member()), seq);
        }
        seq++;
      }
    }
    boolean complete = owner.runFinal() && (missing == 0 || owner.drained());
    return new LogPage(
        lines, after.behind(last), owner.runFinal(), complete, complete ? missing : 0);
  }
}
