package io.oasis.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an executor did, as it noted itself outside of the database. Times are milliseconds since
 * 1970.
 *
 * @param who the hand-over
 * @param executor the process that did it
 * @param job its key
 * @param nominal the time that the run stands for
 * @param start when the handler began
 * @param end when it ended and how; empty when the process was killed before
 */
record Execution(
    HandOver who, Actor executor, String job, long nominal, long start, Optional<End> end) {

  /** One hand-over of a run, or of a part of a broadcast. */
  record HandOver(long run, int attempt, long epoch, int member) {
    @Override
    public String toString() {
      return "run " + run + " attempt " + attempt + " epoch " + epoch + " member " + member;
    }
  }

  /**
   * The end of a handler.
   *
   * @param outcome ok, failed, stopped, interrupted or threw
   * @param lines how many lines it had logged
   */
  record End(long at, String outcome, int lines) {}

  boolean isOk() {
    return end.filter(e -> e.outcome.equals("ok")).isPresent();
  }

  /** Reads the ledger of one executor; a hand-over that was done twice is there twice. */
  static List<Execution> read(Actor executor, Path ledger) {
    if (!Files.exists(ledger)) {
      return List.of();
    }
    var open = new LinkedHashMap<HandOver, Execution>();
    var done = new ArrayList<Execution>();
    try {
      for (var line : Files.readAllLines(ledger)) {
        var part = line.split(" ");
        var who =
            new HandOver(
                Long.parseLong(part[1]),
                Integer.parseInt(part[2]),
                Long.parseLong(part[3]),
                Integer.parseInt(part[4]));
        if (part[0].equals("S")) {
          var started =
              new Execution(
                  who,
                  executor,
                  part[5],
                  Long.parseLong(part[6]),
                  Long.parseLong(part[7]),
                  Optional.empty());
          Optional.ofNullable(open.put(who, started)).ifPresent(done::add);
        } else {
          var end = new End(Long.parseLong(part[5]), part[6], Integer.parseInt(part[7]));
          var started = open.remove(who);
          if (started == null) {
            throw new AssertionError("an end without a start in " + ledger + ": " + line);
          }
          done.add(started.endedBy(end));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    done.addAll(open.values());
    return done;
  }

  /** All hand-overs that were done, by run. */
  static Map<Long, List<Execution>> byRun(List<Execution> all) {
    return all.stream().collect(Collectors.groupingBy(e -> e.who.run()));
  }

  private Execution endedBy(End by) {
    return new Execution(who, executor, job, nominal, start, Optional.of(by));
  }
}
