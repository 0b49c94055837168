package io.oasis.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.schedule.Schedule.Gap;
import io.oasis.schedule.Schedule.Overlap;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuartzPropertyTest {
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2038-01-01T00:00:00Z");
  private static final List<String> ZONES =
      List.of(
          "America/New_York",
          "Australia/Lord_Howe",
          "America/Santiago",
          "Europe/Berlin",
          "Asia/Shanghai",
          "Africa/Casablanca",
          "Pacific/Chatham",
          "America/Havana",
          "Africa/Cairo",
          "Antarctica/Troll",
          "America/St_Johns",
          "Asia/Beirut");

  @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
  @Label("TM4 TM5 TM6 TM7: Quartz fires around a change of the clock equal the oracle")
  void firesEqualTheOracle(
      @ForAll("zones") String zone,
      @ForAll @IntRange(max = 60) int change,
      @ForAll("crons") QuartzOracle oracle,
      @ForAll Gap gap,
      @ForAll Overlap overlap) {
    Instant middle = changeOf(ZoneId.of(zone).getRules(), change);
    Instant after = middle.minus(Duration.ofHours(30));
    Instant until = middle.plus(Duration.ofHours(30));
    JobTiming timing = FireTimesTest.cron(oracle.expression(), zone, gap, overlap);

    List<Instant> expected = oracle.fires(ZoneId.of(zone), gap, overlap, after, until);

    assertThat(between(timing, after, until)).isEqualTo(expected);
    assertThat(FireTimes.missed(timing, after, until).map(Stretch::count).orElse(0L))
        .isEqualTo(expected.size());
  }

  @Test
  @DisplayName("TM7: Quartz at every change of twelve zones from 2020 to 2037, and next(t) > t")
  void everyChange() {
    List<QuartzOracle> crons =
        List.of(
            new QuartzOracle(
                Set.of(0, 45),
                Set.of(0, 30),
                Set.of(0, 1, 2, 3, 23),
                new QuartzOracle.Day.Every(),
                0),
            new QuartzOracle(
                Set.of(15), Set.of(), Set.of(1, 2, 3), new QuartzOracle.Day.Every(), 0));
    int changes = 0;
    for (String zone : ZONES) {
      ZoneRules rules = ZoneId.of(zone).getRules();
      for (ZoneOffsetTransition change = rules.nextTransition(FROM);
          change != null && change.getInstant().isBefore(UNTIL);
          change = rules.nextTransition(change.getInstant())) {
        changes++;
        Instant after = change.getInstant().minus(Duration.ofHours(4));
        Instant until = change.getInstant().plus(Duration.ofHours(4));
        for (QuartzOracle cron : crons) {
          JobTiming timing = FireTimesTest.cron(cron.expression(), zone, Gap.SHIFT, Overlap.FIRST);
          assertThat(between(timing, after, until))
              .as("%s in %s at %s", cron.expression(), zone, change.getInstant())
              .isEqualTo(cron.fires(ZoneId.of(zone), Gap.SHIFT, Overlap.FIRST, after, until));
        }
      }
    }
    assertThat(changes).isGreaterThan(300);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  @Label("CU8: a fixed rate fires at whole intervals from its anchor, whenever it is asked")
  void fixedRate(
      @ForAll @LongRange(min = 1, max = 1_000_000) long interval,
      @ForAll @LongRange(min = -100_000_000, max = 100_000_000) long sinceAnchor,
      @ForAll @IntRange(max = 999) int millis) {
    Instant anchor = Instant.parse("2026-01-01T08:10:00Z");
    Instant asked = anchor.plusSeconds(sinceAnchor).plusMillis(millis);
    JobTiming timing = rate(interval, anchor, Duration.ZERO, "a/b");

    Instant next = FireTimes.next(timing, asked).orElseThrow();

    assertThat(next).isAfter(asked).isAfterOrEqualTo(anchor);
    assertThat(Duration.between(anchor, next).toSeconds() % interval).isZero();
    boolean first = next.equals(anchor);
    assertThat(first || !next.minusSeconds(interval).isAfter(asked)).isTrue();
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  @Label("jitter never fires early, never past the next nominal time, and is the same each time")
  void jitter(
      @ForAll @LongRange(min = 1, max = 100_000) long interval,
      @ForAll @LongRange(min = 0, max = 200_000) long jitter,
      @ForAll @LongRange(min = 0, max = 10_000_000) long at,
      @ForAll @IntRange(max = 1000) int key) {
    Instant anchor = Instant.parse("2026-01-01T08:10:00Z");
    JobTiming plain = rate(interval, anchor, Duration.ZERO, "app/job-" + key);
    JobTiming moved = rate(interval, anchor, Duration.ofSeconds(jitter), "app/job-" + key);
    Instant nominal = FireTimes.next(plain, anchor.plusSeconds(at)).orElseThrow();

    Instant fires = FireTimes.next(moved, nominal.minusNanos(1)).orElseThrow();

    assertThat(fires).isAfterOrEqualTo(nominal).isBefore(nominal.plusSeconds(interval));
    assertThat(FireTimes.next(moved, nominal.minusNanos(1))).contains(fires);
    assertThat(FireTimes.next(moved, fires)).contains(fires.plusSeconds(interval));
  }

  private static JobTiming rate(long seconds, Instant anchor, Duration jitter, String key) {
    return new JobTiming(
        new Schedule.FixedRate(Duration.ofSeconds(seconds), Optional.of(anchor)),
        Window.ALWAYS,
        jitter,
        key,
        anchor);
  }

  /** Walks, and fails when a next time is not later. */
  private static List<Instant> between(JobTiming timing, Instant after, Instant until) {
    List<Instant> found = new ArrayList<>();
    Instant last = after;
    Optional<Instant> next = FireTimes.next(timing, last);
    while (next.isPresent() && !next.get().isAfter(until)) {
      assertThat(next.get()).isAfter(last);
      found.add(next.get());
      last = next.get();
      next = FireTimes.next(timing, last);
    }
    return found;
  }

  /** The n-th change of a zone, or an ordinary moment when the zone has none so late. */
  private static Instant changeOf(ZoneRules rules, int number) {
    Instant at = FROM;
    for (int i = 0; i <= number; i++) {
      ZoneOffsetTransition next = rules.nextTransition(at);
      if (next == null || next.getInstant().isAfter(UNTIL)) {
        return at;
      }
      at = next.getInstant();
    }
    return at;
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(ZONES);
  }

  @Provide
  Arbitrary<QuartzOracle> crons() {
    return Combinators.combine(
            values(0, 59, 1, 2), values(0, 59, 0, 3), values(0, 5, 0, 4), days(), years())
        .as(QuartzOracle::new);
  }

  private static Arbitrary<Set<Integer>> values(int min, int max, int least, int most) {
    return Arbitraries.integers().between(min, max).set().ofMinSize(least).ofMaxSize(most);
  }

  private static Arbitrary<Integer> years() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, Arbitraries.just(0)),
        net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(2020, 2037)));
  }

  private static Arbitrary<QuartzOracle.Day> days() {
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, Arbitraries.create(QuartzOracle.Day.Every::new)),
        net.jqwik.api.Tuple.of(2, values(1, 31, 5, 20).map(QuartzOracle.Day.Dates::new)),
        net.jqwik.api.Tuple.of(
            1, Arbitraries.integers().between(0, 6).map(QuartzOracle.Day.BeforeLast::new)),
        net.jqwik.api.Tuple.of(2, values(1, 7, 1, 3).map(QuartzOracle.Day.Weekdays::new)),
        net.jqwik.api.Tuple.of(
            2,
            Combinators.combine(
                    Arbitraries.of(DayOfWeek.class), Arbitraries.integers().between(0, 5))
                .as(QuartzOracle.Day.Nth::new)));
  }
}
