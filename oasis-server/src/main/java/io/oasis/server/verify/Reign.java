package io.oasis.server.verify;

import io.oasis.schedule.JobTiming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nominal times for which one term answers. Between what a change asked for and what it wrote,
 * and where a run was made a moment ahead of a change, a time may belong to two terms: such a time
 * may have a row and need not.
 *
 * @param term in force
 * @param timing of its revision
 * @param may times that may have a row under this term
 * @param must times that must have one
 */
record Reign(Term term, JobTiming timing, Span may, Span must) {

  /**
   * Times after one instant, until another.
   *
   * @param after exclusive
   * @param until inclusive
   */
  record Span(Instant after, Instant until) {
    boolean contains(Instant time) {
      return time.isAfter(after) && !time.isAfter(until);
    }

    static Span none() {
      return new Span(Instant.MAX, Instant.MIN);
    }
  }

  /**
   * The reigns of a job, oldest first.
   *
   * @param now until when there can be rows
   */
  static List<Reign> of(JobHistory job, Instant now) {
    List<Reign> reigns = new ArrayList<>();
    for (int i = 0; i < job.terms().size(); i++) {
      Term term = job.terms().get(i);
      Optional<Term> next =
          i + 1 < job.terms().size() ? Optional.of(job.terms().get(i + 1)) : Optional.empty();
      JobTiming timing = job.timings().get(term.revision());
      if (timing == null || term.state() == Term.State.DELETED) {
        continue;
      }
      reigns.add(
          term.state() == Term.State.ON
              ? on(term, timing, next, job.nextFireAt(), now)
              : off(term, timing, next, now));
    }
    return reigns;
  }

  private static Reign on(
      Term term, JobTiming timing, Optional<Term> next, Optional<Instant> nextFire, Instant now) {
    Instant mayAfter = term.askedAt();
    Instant mustAfter = term.since();
    if (term.carriesOn()) {
      mayAfter = term.first().get().minusNanos(1);
      mustAfter = mayAfter;
    }
    if (next.isEmpty()) {
      Instant decided = nextFire.map(at -> at.minusNanos(1)).filter(now::isAfter).orElse(now);
      return new Reign(term, timing, new Span(mayAfter, now), new Span(mustAfter, decided));
    }
    Term end = next.get();
    Optional<Instant> decided = end.withdrawn().map(at -> at.minusNanos(1));
    Instant mustUntil = decided.orElse(end.askedAt());
    Instant mayUntil = decided.orElse(end.since());
    if (!end.carriesOn()) {
      // What was due when the change was begun had to be decided before it.
      mustUntil = latest(mustUntil, end.askedAt());
      mayUntil = latest(mayUntil, end.since());
    }
    return new Reign(term, timing, new Span(mayAfter, mayUntil), new Span(mustAfter, mustUntil));
  }

  /** The row of what passed is written when the job is enabled, edited or deleted. */
  private static Reign off(Term term, JobTiming timing, Optional<Term> next, Instant now) {
    Optional<Instant> from = term.withdrawn().map(at -> at.minusNanos(1));
    Span may = new Span(from.orElse(term.askedAt()), next.map(Term::since).orElse(now));
    Span must =
        next.map(end -> new Span(from.orElse(term.since()), end.askedAt())).orElse(Span.none());
    return new Reign(term, timing, may, must);
  }

  boolean isOn() {
    return term.state() == Term.State.ON;
  }

  private static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
