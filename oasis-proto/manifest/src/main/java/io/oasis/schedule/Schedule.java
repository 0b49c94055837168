package io.oasis.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/** When a job fires. Values are validated by the manifest reader before they get here. */
public sealed interface Schedule {

  /**
   * A cron expression in a time zone. Five fields are UNIX cron, six or seven are Quartz, nicknames
   * such as {@code @daily} are UNIX.
   *
   * @param expression as the user wrote it
   * @param zone the zone whose local time the fields speak of
   * @param gap what happens to a local time that the clock jumps over
   * @param overlap what happens to a local time that the clock shows twice
   */
  record Cron(String expression, ZoneId zone, Gap gap, Overlap overlap) implements Schedule {
    public Cron {
      Objects.requireNonNull(expression);
      Objects.requireNonNull(zone);
      Objects.requireNonNull(gap);
      Objects.requireNonNull(overlap);
    }
  }

  /**
   * Every {@code interval} from an anchor on, whatever the runs do.
   *
   * @param interval at least one second
   * @param anchor the first time; empty: the moment that the job was created
   */
  record FixedRate(Duration interval, Optional<Instant> anchor) implements Schedule {}

  /**
   * {@code delay} after the last run has ended.
   *
   * @param delay at least one second
   * @param resetOnManual true when the end of a manual run counts as well
   */
  record FixedDelay(Duration delay, boolean resetOnManual) implements Schedule {}

  /**
   * Once.
   *
   * @param at the instant
   * @param zone the zone that the user wrote the time in, for display
   * @param ifPast what to do when {@code at} is over at the moment of apply
   */
  record OneTime(Instant at, ZoneId zone, IfPast ifPast) implements Schedule {}

  /** Never by itself: only by hand or through the API. */
  record None() implements Schedule {}

  /** What happens to a local time that does not exist because the clock jumps over it. */
  enum Gap {
    /** It fires at the first instant after the gap. */
    SHIFT,
    /** It does not fire; the ledger says so. */
    SKIP
  }

  /** What happens to a local time that exists twice because the clock is put back. */
  enum Overlap {
    /** It fires the first time only. */
    FIRST,
    /** It fires both times. */
    BOTH
  }

  /** What to do with a one-time schedule whose time is over when it is applied. */
  enum IfPast {
    /** Refuse the document. */
    REFUSE,
    /** Run once, now. */
    RUN,
    /** Accept it and never run it. */
    SKIP
  }
}
