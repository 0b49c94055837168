package io.oasis.bench.measure;

import io.oasis.bench.Options;
import io.oasis.bench.postgres.BenchPostgres;
import io.oasis.bench.report.Journal;
import io.oasis.bench.report.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * What every measure works with.
 *
 * @param options what the user asked for
 * @param postgres the one PostgreSQL
 * @param folder of this run of the benchmark: logs, and files that processes exchange
 * @param clock of this process
 * @param end when nothing more is begun
 * @param journal where samples go
 * @param words where the progress is said
 */
public record TestBed(
    Options options,
    BenchPostgres postgres,
    Path folder,
    InstantSource clock,
    Instant end,
    Journal journal,
    Words words) {

  /** Says to the user what goes on. */
  public interface Words {
    /** One line. */
    void say(String line);
  }

  void note(String measure, String contender, int round, Map<String, Double> figures) {
    journal.add(new Sample(measure, contender, round, figures));
  }

  /** Whether something more may be begun. */
  boolean hasTime() {
    return clock.instant().isBefore(end);
  }

  void say(String line) {
    words.say(line);
  }
}
