package io.oasis.server.verify;

import io.oasis.schedule.FireTimes;
import io.oasis.schedule.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The nominal times of a job within a window, in order, one at a time. */
final class ExpectedTimes {
  private final Instant until;
  private final List<Source> sources = new ArrayList<>();

  /**
   * Times from all reigns.
   *
   * @param from inclusive
   * @param until exclusive
   */
  ExpectedTimes(List<Reign> reigns, Instant from, Instant until) {
    this.until = until;
    for (Reign reign : reigns) {
      if (reign.may().after().isBefore(until) && !reign.may().until().isBefore(from)) {
        Source source = new Source(reign);
        source.start(from.minusNanos(1));
        if (source.next.isPresent()) {
          sources.add(source);
        }
      }
    }
  }

  /**
   * A nominal time.
   *
   * @param at the instant
   * @param revisions for which it is one
   * @param revision the one that answers for it
   * @param required it must have a row
   */
  record Expected(Instant at, Set<Integer> revisions, int revision, boolean required) {}

  /** The smallest time that was not taken yet. */
  Optional<Instant> peek() {
    Instant least = null;
    for (Source source : sources) {
      Instant at = source.next.get();
      if (least == null || at.isBefore(least)) {
        least = at;
      }
    }
    return Optional.ofNullable(least);
  }

  /** Takes the time that {@link #peek} shows. */
  Expected take() {
    Instant at = peek().orElseThrow();
    Set<Integer> revisions = new HashSet<>();
    boolean required = false;
    int revision = 0;
    for (Source source : sources) {
      if (source.next.get().equals(at)) {
        boolean must = source.reign.must().contains(at);
        revisions.add(source.reign.term().revision());
        if (must || revision == 0) {
          revision = source.reign.term().revision();
        }
        required |= must;
        source.advance(at);
      }
    }
    sources.removeIf(source -> source.next.isEmpty());
    return new Expected(at, revisions, revision, required);
  }

  private final class Source {
    private final Reign reign;
    private Optional<Instant> next = Optional.empty();

    Source(Reign reign) {
      this.reign = reign;
    }

    void start(Instant after) {
      boolean windowIsLater = after.isAfter(reign.may().after());
      advance(windowIsLater ? after : reign.may().after());
    }

    void advance(Instant after) {
      Optional<Instant> found =
          reign.timing().schedule() instanceof Schedule.OneTime && reign.isOn()
              // A time that was past may have been moved to the moment of the apply.
              ? reign.term().first().filter(at -> at.isAfter(after))
              : FireTimes.next(reign.timing(), after);
      next = found.filter(at -> at.isBefore(until) && !at.isAfter(reign.may().until()));
    }
  }
}
