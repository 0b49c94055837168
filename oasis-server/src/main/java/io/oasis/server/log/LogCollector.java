package io.oasis.server.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.loop.Loop;
import io.oasis.server.loop.Shutdown;
import io.oasis.server.run.RunHandle;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Takes log lines from streams and writes them on a thread of its own, many runs in one commit.
 * What the lines are put behind is known from memory, or looked up once.
 */
@ApplicationScoped
public class LogCollector {
  private static final Logger LOG = Logger.getLogger(LogCollector.class);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MOST_PIECES = 2_000;
  private static final long MOST_WEIGHT = 8L << 20;
  private static final int MOST_TAILS = 50_000;

  private final Database database;
  private final LogStore store;
  private final LogConfig config;
  private final LogQueue queue;
  private final Loop loop = new Loop("logs", this::runOnce);
  private final Counter refused = Metrics.counter("oasis.log.refused.pieces");
  private final Counter written = Metrics.counter("oasis.log.lines");

  /** Where the lines of hand-overs end, the ones that logged last; only the loop's thread. */
  private final Map<RunHandle, LogTail> tails =
      new LinkedHashMap<>(1_024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunHandle, LogTail> eldest) {
          return size() > MOST_TAILS;
        }
      };

  public LogCollector(Database database, LogStore store, LogConfig config) {
    this.database = database;
    this.store = store;
    this.config = config;
    this.queue = new LogQueue(config.queueBytes());
  }

  /**
   * Takes lines. Never blocks.
   *
   * @param answer called on another thread after the commit; not called at all for lines that are
   *     not taken (no room, or lines before them are missing): they have to be offered again
   * @return false when there is no room
   */
  public boolean offer(LogPiece piece, Consumer<LogAnswer> answer) {
    boolean taken = queue.add(piece, answer);
    if (taken) {
      loop.wake();
    } else {
      refused.increment();
    }
    return taken;
  }

  void start(@Observes @Priority(3000) StartupEvent event, Shutdown shutdown) {
    Metrics.gauge("oasis.log.queue.bytes", queue, LogQueue::weight);
    loop.start();
    shutdown.register(Shutdown.Phase.DRAIN, "log lines", this::writeTheRest);
  }

  /** Writes what waits, in one transaction. */
  Duration runOnce() {
    List<LogQueue.Offer> taken = queue.take(MOST_PIECES, MOST_WEIGHT);
    if (taken.isEmpty()) {
      return IDLE;
    }
    try {
      write(taken);
    } catch (DatabaseException e) {
      if (e.isUnavailable()) {
        queue.putBack(taken);
        throw e;
      }
      // One hand-over's lines must not hold up everybody's.
      LOG.warnf("log lines could not be written together: %s", e.getMessage());
      byRun(taken).values().forEach(this::writeAlone);
    }
    return queue.isEmpty() ? IDLE : Duration.ZERO;
  }

  private void writeAlone(List<LogQueue.Offer> offers) {
    try {
      write(offers);
    } catch (DatabaseException e) {
      LOG.errorf(e, "run=%d its log lines are dropped", offers.get(0).piece().run().runId());
      refused.increment(offers.size());
    }
  }

  private void write(List<LogQueue.Offer> offers) {
    Map<RunHandle, List<LogQueue.Offer>> byRun = byRun(offers);
    Map<RunHandle, LogBatch> batches = new LinkedHashMap<>();
    List<LogQueue.Offer> fenced = new ArrayList<>();
    Set<RunHandle> done =
        database.call(
            tx -> {
              List<RunHandle> unknown =
                  byRun.keySet().stream().filter(run -> !tails.containsKey(run)).toList();
              if (!unknown.isEmpty()) {
                tails.putAll(store.tails(tx, unknown));
              }
              byRun.forEach((run, theirs) -> sort(run, theirs, batches, fenced));
              List<LogStore.NewRow> rows = rows(batches);
              return rows.isEmpty() ? Set.of() : store.insert(tx, rows);
            });
    answer(batches, done);
    fenced.forEach(offer -> tell(offer, new LogAnswer.Fenced()));
  }

  private void sort(
      RunHandle run,
      List<LogQueue.Offer> theirs,
      Map<RunHandle, LogBatch> batches,
      List<LogQueue.Offer> fenced) {
    switch (tails.get(run)) {
      case LogTail.Open open -> {
        LogBatch batch = new LogBatch(open, config.linesPerRun());
        theirs.forEach(batch::add);
        batches.put(run, batch);
      }
      case LogTail.Fenced() -> fenced.addAll(theirs);
    }
  }

  /** In an order that is the same for all servers, so that no two of them wait for each other. */
  private static List<LogStore.NewRow> rows(Map<RunHandle, LogBatch> batches) {
    List<LogStore.NewRow> rows = new ArrayList<>();
    batches.forEach((run, batch) -> batch.row(run).ifPresent(rows::add));
    rows.sort(
        Comparator.comparingLong((LogStore.NewRow row) -> row.run().runId())
            .thenComparingInt(row -> row.run().attempt())
            .thenComparingInt(row -> row.run().member())
            .thenComparingLong(LogStore.NewRow::firstSeq));
    return rows;
  }

  private void answer(Map<RunHandle, LogBatch> batches, Set<RunHandle> done) {
    batches.forEach(
        (run, batch) -> {
          if (batch.isUnchanged() || done.contains(run)) {
            tails.put(run, batch.after());
            written.increment(batch.size());
            batch
                .answered()
                .forEach(offer -> tell(offer, new LogAnswer.Committed(batch.after().seq())));
          } else {
            // Another server wrote lines of this hand-over: look again, and trim.
            tails.remove(run);
            queue.putBack(batch.answered());
          }
        });
  }

  private static void tell(LogQueue.Offer offer, LogAnswer answer) {
    try {
      offer.answer().accept(answer);
    } catch (RuntimeException e) {
      LOG.error("an answer about log lines could not be given", e);
    }
  }

  private static Map<RunHandle, List<LogQueue.Offer>> byRun(List<LogQueue.Offer> offers) {
    Map<RunHandle, List<LogQueue.Offer>> byRun = new LinkedHashMap<>();
    offers.forEach(
        offer -> byRun.computeIfAbsent(offer.piece().run(), r -> new ArrayList<>()).add(offer));
    return byRun;
  }

  private void writeTheRest() {
    loop.stop(PATIENCE);
    while (!queue.isEmpty()) {
      runOnce();
    }
  }
}
