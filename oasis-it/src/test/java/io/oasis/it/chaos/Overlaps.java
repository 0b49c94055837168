package io.oasis.it.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Do more runs of a job run at once than may? Asked of the database and of the executors. */
final class Overlaps {
  /**
   * Servers know the database's time within a round trip, which may take so long on a busy machine.
   * What the executors noted has no such slack.
   */
  private static final Duration ROUND_TRIP = Duration.ofMillis(500);

  private final Evidence evidence;

  Overlaps(Evidence evidence) {
    this.evidence = evidence;
  }

  /** A piece of work that took some time. */
  private record Piece(long run, int member, long from, long to, String words) {}

  /** By the times in the ledger: from a run's first hand-over to its end. */
  List<Finding> inTheDatabase() {
    var first = new HashMap<Long, Instant>();
    evidence
        .history()
        .attempts()
        .forEach(a -> a.dispatched().ifPresent(at -> first.merge(a.run(), at, Overlaps::earlier)));
    evidence
        .history()
        .runs()
        .forEach(r -> r.dispatched().ifPresent(at -> first.merge(r.id(), at, Overlaps::earlier)));
    var pieces = new HashMap<String, List<Piece>>();
    for (var run : evidence.history().runs()) {
      if (!first.containsKey(run.id()) || run.finished().isEmpty()) {
        continue;
      }
      long from = first.get(run.id()).toEpochMilli();
      long to = run.finished().get().minus(ROUND_TRIP).toEpochMilli();
      if (to > from) {
        var words = "run %d %s–%s".formatted(run.id(), first.get(run.id()), run.finished().get());
        pieces
            .computeIfAbsent(run.job(), j -> new ArrayList<>())
            .add(new Piece(run.id(), 0, from, to, words));
      }
    }
    return tooMany(pieces, "in the database");
  }

  /** By what the executors noted. */
  List<Finding> onTheExecutors() {
    var pieces = new HashMap<String, List<Piece>>();
    for (var done : evidence.executions()) {
      long to = effectiveEnd(done);
      if (to > done.start()) {
        var words =
            "%s on %s %s–%s (%s)"
                .formatted(
                    done.who(),
                    done.executor().name(),
                    Instant.ofEpochMilli(done.start()),
                    Instant.ofEpochMilli(to),
                    done.end().map(Execution.End::outcome).orElse("killed"));
        pieces
            .computeIfAbsent(done.job(), j -> new ArrayList<>())
            .add(new Piece(done.who().run(), done.who().member(), done.start(), to, words));
      }
    }
    return tooMany(pieces, "on the executors");
  }

  /**
   * Until when the promise speaks of it. A process that is suspended cannot stop its work, and may
   * do a little of it when it wakes; one that is cut off finishes what is not run elsewhere (FN7).
   */
  private long effectiveEnd(Execution done) {
    long end = done.end().map(Execution.End::at).orElse(Long.MAX_VALUE);
    var job = evidence.job(done.job());
    long effective = end;
    for (var span : done.executor().spans()) {
      boolean counts =
          switch (span.what()) {
            case SUSPENDED -> true;
            case CUT -> !job.stopsAlone();
            case DEAD -> done.end().isEmpty();
          };
      if (counts && span.touches(done.start(), end)) {
        effective = Math.min(effective, Math.max(span.from(), done.start()));
      }
    }
    // A script that was killed without a grace has no last word.
    return effective == Long.MAX_VALUE ? done.start() : effective;
  }

  private List<Finding> tooMany(Map<String, List<Piece>> pieces, String where) {
    var findings = new ArrayList<Finding>();
    pieces.forEach(
        (key, ofJob) -> {
          var sorted = ofJob.stream().sorted(Comparator.comparingLong(Piece::from)).toList();
          var active = new ArrayList<Piece>();
          for (var piece : sorted) {
            active.removeIf(a -> a.to <= piece.from);
            twice(active, piece)
                .ifPresent(
                    other ->
                        findings.add(
                            Finding.of(
                                "%s runs beside itself %s: %s and %s"
                                    .formatted(key, where, other.words, piece.words),
                                piece.run)));
            active.add(piece);
            long runs = active.stream().mapToLong(Piece::run).distinct().count();
            if (runs > evidence.job(key).most()) {
              var all = active.stream().map(Piece::words).collect(Collectors.joining(", "));
              findings.add(
                  Finding.of(
                      "%d runs of %s at once %s: %s".formatted(runs, key, where, all), piece.run));
            }
          }
        });
    return findings;
  }

  private static Optional<Piece> twice(List<Piece> active, Piece piece) {
    return active.stream().filter(a -> a.run == piece.run && a.member == piece.member).findFirst();
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
