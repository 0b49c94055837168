package io.oasis.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.schedule.Schedule.Gap;
import io.oasis.schedule.Schedule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FireTimesPropertyTest {
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
          "Asia/Gaza",
          "Pacific/Chatham",
          "America/Havana",
          "Asia/Tehran",
          "America/Sao_Paulo",
          "Africa/Cairo",
          "Europe/London",
          "Antarctica/Troll",
          "America/St_Johns",
          "Asia/Kolkata");

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  @Label("TM4 TM5 TM6 TM7: fires around a change of the clock equal a minute-by-minute oracle")
  void firesEqualTheOracle(
      @ForAll("zones") String zone,
      @ForAll @IntRange(max = 60) int change,
      @ForAll("crons") CronOracle oracle,
      @ForAll Gap gap,
      @ForAll Overlap overlap) {
    Instant middle = changeOf(ZoneId.of(zone).getRules(), change);
    Instant after = middle.minus(Duration.ofHours(30));
    Instant until = middle.plus(Duration.ofHours(30));
    JobTiming timing = FireTimesTest.cron(oracle.expression(), zone, gap, overlap);

    List<Instant> expected = oracle.fires(ZoneId.of(zone), gap, overlap, after, until);
    List<Instant> found =
        FireTimes.preview(timing, after, expected.size() + 1).stream()
            .filter(time -> !time.isAfter(until))
            .toList();

    assertThat(found).isEqualTo(expected);
    assertThat(FireTimes.missed(timing, after, until)).isEqualTo(stretch(expected));
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  @Label("TM7: from any instant, the next time is later and no time lies between")
  void nextIsTheSmallestLaterTime(
      @ForAll("zones") String zone,
      @ForAll @IntRange(max = 60) int change,
      @ForAll @IntRange(min = -10_000, max = 10_000) int seconds,
      @ForAll @IntRange(max = 999) int millis,
      @ForAll("crons") CronOracle oracle,
      @ForAll Overlap overlap) {
    Instant after =
        changeOf(ZoneId.of(zone).getRules(), change).plusSeconds(seconds).plusMillis(millis);
    JobTiming timing = FireTimesTest.cron(oracle.expression(), zone, Gap.SHIFT, overlap);

    Optional<Instant> next = FireTimes.next(timing, after);

    Instant minute = Instant.ofEpochSecond(Math.floorDiv(after.getEpochSecond(), 60) * 60);
    Optional<Instant> expected =
        oracle
            .fires(
                ZoneId.of(zone),
                Gap.SHIFT,
                overlap,
                minute.minusSeconds(60),
                minute.plus(Duration.ofHours(48)))
            .stream()
            .filter(time -> time.isAfter(after))
            .findFirst();
    assertThat(next).isPresent();
    assertThat(next.get()).isAfter(after);
    expected.ifPresent(time -> assertThat(next).contains(time));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  @Label("TM7: a window cuts the times and jitter moves them; the next time is always later")
  void windowAndJitter(
      @ForAll("crons") CronOracle oracle,
      @ForAll @IntRange(max = 200_000) int start,
      @ForAll @IntRange(max = 4_000_000) int length,
      @ForAll @IntRange(max = 5_000) int jitter,
      @ForAll @IntRange(max = 100) int key) {
    JobTiming plain = FireTimesTest.cron(oracle.expression(), "Europe/Berlin");
    Instant from = Instant.parse("2026-03-28T00:00:00Z");
    Instant first = from.plusSeconds(start);
    Instant end = first.plusSeconds(length);
    JobTiming timing =
        new JobTiming(
            plain.schedule(),
            new Window(Optional.of(first), Optional.of(end)),
            Duration.ofSeconds(jitter),
            "app/job-" + key,
            from);

    List<Instant> expected =
        FireTimes.preview(plain, from.minus(Duration.ofHours(2)), 5_000).stream()
            .map(time -> time.plus(timing.jitterOffset()))
            .filter(time -> time.isAfter(from) && !time.isBefore(first) && time.isBefore(end))
            .limit(100)
            .toList();

    assertThat(FireTimes.preview(timing, from, 100)).isEqualTo(expected);
    Instant until = expected.isEmpty() ? from : expected.get(expected.size() - 1);
    assertThat(FireTimes.missed(timing, from, until)).isEqualTo(stretch(expected));
    expected.forEach(
        time -> FireTimes.next(timing, time).ifPresent(next -> assertThat(next).isAfter(time)));
  }

  @Test
  @DisplayName("TM7: every change of every zone from 2020 to 2037 is handled as the oracle says")
  void everyChangeOfEveryZone() {
    List<CronOracle> crons =
        List.of(
            new CronOracle(Set.of(0, 30), Set.of(), Set.of(), Set.of()),
            new CronOracle(Set.of(15, 45), Set.of(0, 1, 2, 3, 23), Set.of(), Set.of()));
    int changes = 0;
    for (Map.Entry<ZoneRules, String> zone : distinctZones().entrySet()) {
      for (ZoneOffsetTransition change = zone.getKey().nextTransition(FROM);
          change != null && change.getInstant().isBefore(UNTIL);
          change = zone.getKey().nextTransition(change.getInstant())) {
        changes++;
        for (CronOracle cron : crons) {
          check(cron, zone.getValue(), change.getInstant());
        }
      }
    }
    assertThat(changes).isGreaterThan(1000);
  }

  private static void check(CronOracle cron, String zone, Instant change) {
    Instant after = change.minus(Duration.ofHours(2));
    Instant until = change.plus(Duration.ofHours(2));
    JobTiming timing = FireTimesTest.cron(cron.expression(), zone, Gap.SHIFT, Overlap.FIRST);
    List<Instant> found = new ArrayList<>();
    Instant time = FireTimes.next(timing, after).orElseThrow();
    while (!time.isAfter(until)) {
      found.add(time);
      time = FireTimes.next(timing, time).orElseThrow();
    }
    assertThat(found)
        .as("%s in %s at %s", cron.expression(), zone, change)
        .isEqualTo(cron.fires(ZoneId.of(zone), Gap.SHIFT, Overlap.FIRST, after, until));
  }

  private static Map<ZoneRules, String> distinctZones() {
    Map<ZoneRules, String> zones = new LinkedHashMap<>();
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      zones.putIfAbsent(ZoneId.of(id).getRules(), id);
    }
    return zones;
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

  private static Optional<Stretch> stretch(List<Instant> times) {
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(new Stretch(times.get(0), times.get(times.size() - 1), times.size()));
  }

  @Provide
  Arbitrary<String> zones() {
    return Arbitraries.of(ZONES);
  }

  @Provide
  Arbitrary<CronOracle> crons() {
    return Combinators.combine(
            values(0, 59, 6), values(0, 23, 6), values(1, 31, 12), values(0, 6, 3))
        .as(CronOracle::new);
  }

  private static Arbitrary<Set<Integer>> values(int min, int max, int most) {
    Arbitrary<Integer> near = Arbitraries.integers().between(min, Math.min(max, min + 3));
    Arbitrary<Integer> any = Arbitraries.integers().between(min, max);
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(2, near), net.jqwik.api.Tuple.of(1, any))
        .set()
        .ofMinSize(0)
        .ofMaxSize(Math.min(most, 4));
  }
}
