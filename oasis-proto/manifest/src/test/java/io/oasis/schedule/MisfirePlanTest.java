package io.oasis.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.schedule.Misfire.Policy;
import io.oasis.schedule.SkippedStretch.Kind;
import io.oasis.schedule.SkippedStretch.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MisfirePlanTest {
  private static final JobTiming MINUTELY = FireTimesTest.cron("* * * * *", "UTC");

  private static Misfire misfire(Policy policy, String window, int max) {
    return new Misfire(
        policy, DurationText.parse(window).orElseThrow(), Duration.ofSeconds(5), max);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-06-01T" + time + "Z");
  }

  private static SkippedStretch skipped(
      Kind kind, Reason reason, String from, String to, long count) {
    return new SkippedStretch(kind, reason, at(from), at(to), count);
  }

  @Test
  @DisplayName("CU1: last runs the newest time and coalesces the others into one row")
  void last() {
    MisfireDecision decision =
        MisfirePlan.decide(
            misfire(Policy.LAST, "1h", 10), MINUTELY, at("10:01:00"), at("10:45:30"));

    assertThat(decision)
        .isEqualTo(
            new MisfireDecision(
                List.of(at("10:45:00")),
                List.of(skipped(Kind.COALESCED, Reason.DOWNTIME, "10:01:00", "10:44:00", 44)),
                Optional.of(at("10:46:00"))));
  }

  @Test
  @DisplayName("CU1 CU5: a time within the grace is the newest, so the missed ones join it")
  void lastWithAFreshTime() {
    MisfireDecision decision =
        MisfirePlan.decide(
            misfire(Policy.LAST, "1h", 10), MINUTELY, at("10:01:00"), at("10:45:02"));

    assertThat(decision)
        .isEqualTo(
            new MisfireDecision(
                List.of(at("10:45:00")),
                List.of(skipped(Kind.COALESCED, Reason.DOWNTIME, "10:01:00", "10:44:00", 44)),
                Optional.of(at("10:46:00"))));
  }

  @Test
  @DisplayName("CU2: all runs the newest ten, oldest first; the rest is one row")
  void all() {
    MisfireDecision decision =
        MisfirePlan.decide(misfire(Policy.ALL, "1h", 10), MINUTELY, at("10:01:00"), at("10:45:30"));

    assertThat(decision)
        .isEqualTo(
            new MisfireDecision(
                IntStream.rangeClosed(36, 45).mapToObj(m -> at("10:" + m + ":00")).toList(),
                List.of(skipped(Kind.MISSED, Reason.CAP, "10:01:00", "10:35:00", 35)),
                Optional.of(at("10:46:00"))));
  }

  @Test
  @DisplayName("CU3: none runs nothing and leaves one row with count 45")
  void none() {
    MisfireDecision decision =
        MisfirePlan.decide(
            misfire(Policy.NONE, "1h", 10), MINUTELY, at("10:01:00"), at("10:45:30"));

    assertThat(decision)
        .isEqualTo(
            new MisfireDecision(
                List.of(),
                List.of(skipped(Kind.MISSED, Reason.DOWNTIME, "10:01:00", "10:45:00", 45)),
                Optional.of(at("10:46:00"))));
  }

  @Test
  @DisplayName("CU4: what is older than the window never runs, and has a row of its own")
  void window() {
    MisfireDecision last =
        MisfirePlan.decide(
            misfire(Policy.LAST, "10m", 10), MINUTELY, at("10:01:00"), at("10:45:30"));
    MisfireDecision all =
        MisfirePlan.decide(misfire(Policy.ALL, "10m", 4), MINUTELY, at("10:01:00"), at("10:45:30"));

    assertThat(last.run()).containsExactly(at("10:45:00"));
    assertThat(last.skipped())
        .containsExactly(
            skipped(Kind.MISSED, Reason.WINDOW, "10:01:00", "10:35:00", 35),
            skipped(Kind.COALESCED, Reason.DOWNTIME, "10:36:00", "10:44:00", 9));
    assertThat(all.run()).hasSize(4).startsWith(at("10:42:00"));
    assertThat(all.skipped())
        .containsExactly(
            skipped(Kind.MISSED, Reason.WINDOW, "10:01:00", "10:35:00", 35),
            skipped(Kind.MISSED, Reason.CAP, "10:36:00", "10:41:00", 6));
  }

  @Test
  @DisplayName("CU4: when every missed time is older than the window, nothing runs")
  void everythingTooOld() {
    MisfireDecision decision =
        MisfirePlan.decide(
            misfire(Policy.LAST, "1h", 10),
            FireTimesTest.cron("0 3 * * *", "UTC"),
            at("03:00:00"),
            at("10:45:30"));

    assertThat(decision)
        .isEqualTo(
            new MisfireDecision(
                List.of(),
                List.of(skipped(Kind.MISSED, Reason.WINDOW, "03:00:00", "03:00:00", 1)),
                Optional.of(Instant.parse("2026-06-02T03:00:00Z"))));
  }

  @Test
  @DisplayName("CU5: lateness below the grace is no misfire, under any policy")
  void lateIsNotMissed() {
    for (Policy policy : Policy.values()) {
      MisfireDecision decision =
          MisfirePlan.decide(
              misfire(policy, "1h", 10), MINUTELY, at("10:01:00"), at("10:01:04.999"));

      assertThat(decision)
          .isEqualTo(
              new MisfireDecision(List.of(at("10:01:00")), List.of(), Optional.of(at("10:02:00"))));
    }
  }

  @Test
  @DisplayName("CU5: every second that is late by less than the grace runs with its own time")
  void severalLateTimesAllRun() {
    MisfireDecision decision =
        MisfirePlan.decide(
            misfire(Policy.NONE, "1h", 10),
            FireTimesTest.cron("* * * * * ?", "UTC"),
            at("10:01:00"),
            at("10:01:03.2"));

    assertThat(decision.run())
        .containsExactly(at("10:01:00"), at("10:01:01"), at("10:01:02"), at("10:01:03"));
    assertThat(decision.nextFireAt()).contains(at("10:01:04"));
  }

  @Test
  void aTimeThatIsClaimedAheadRunsAsAnyOther() {
    MisfireDecision decision =
        MisfirePlan.decide(Misfire.DEFAULT, MINUTELY, at("10:01:00"), at("10:00:59.6"));

    assertThat(decision)
        .isEqualTo(
            new MisfireDecision(List.of(at("10:01:00")), List.of(), Optional.of(at("10:02:00"))));
  }

  @Test
  @DisplayName("CU9: a fixed delay that may not run after a downtime begins its delay anew")
  void fixedDelayAfterDowntime() {
    JobTiming delay = FireTimesTest.timing(new Schedule.FixedDelay(Duration.ofSeconds(30), false));

    MisfireDecision none =
        MisfirePlan.decide(misfire(Policy.NONE, "1h", 1), delay, at("10:00:00"), at("10:45:00"));
    MisfireDecision last =
        MisfirePlan.decide(misfire(Policy.LAST, "1h", 1), delay, at("10:00:00"), at("10:45:00"));

    assertThat(none.run()).isEmpty();
    assertThat(none.skipped())
        .containsExactly(skipped(Kind.MISSED, Reason.DOWNTIME, "10:00:00", "10:00:00", 1));
    assertThat(none.nextFireAt()).contains(at("10:45:30"));
    assertThat(last)
        .isEqualTo(new MisfireDecision(List.of(at("10:00:00")), List.of(), Optional.empty()));
  }

  @Test
  @DisplayName("CU12: a one-time job that is older than the window does not fire")
  void oneTimeAfterRestore() {
    JobTiming once =
        FireTimesTest.timing(
            new Schedule.OneTime(at("04:00:00"), ZoneId.of("UTC"), Schedule.IfPast.REFUSE));

    assertThat(
            MisfirePlan.decide(misfire(Policy.LAST, "1h", 1), once, at("04:00:00"), at("10:00:00")))
        .isEqualTo(
            new MisfireDecision(
                List.of(),
                List.of(skipped(Kind.MISSED, Reason.WINDOW, "04:00:00", "04:00:00", 1)),
                Optional.empty()));
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  @Label("CU1 CU2 CU3 CU4 CU5: every due time has exactly one fate")
  void everyDueTimeHasOneFate(
      @ForAll Policy policy,
      @ForAll @IntRange(min = 0, max = 3) int schedule,
      @ForAll @IntRange(min = -1, max = 9_000) int lateSeconds,
      @ForAll @IntRange(min = 1, max = 6_000) int windowSeconds,
      @ForAll @IntRange(min = 1, max = 40) int max) {
    JobTiming timing =
        List.of(
                FireTimesTest.cron("*/3 * * * *", "America/New_York"),
                FireTimesTest.cron("0/20 * 1-2 * * ?", "America/New_York"),
                FireTimesTest.cron("10,20 1,2 * * *", "Australia/Lord_Howe"),
                FireTimesTest.timing(
                    new Schedule.FixedRate(Duration.ofSeconds(47), Optional.empty())))
            .get(schedule);
    Instant due = FireTimes.next(timing, Instant.parse("2026-11-01T03:50:00Z")).orElseThrow();
    Instant now = due.plusSeconds(lateSeconds);
    Misfire misfire =
        new Misfire(policy, Duration.ofSeconds(windowSeconds), Duration.ofSeconds(5), max);

    MisfireDecision decision = MisfirePlan.decide(misfire, timing, due, now);

    List<Instant> all = new ArrayList<>(List.of(due));
    FireTimes.preview(timing, due, 10_000).stream()
        .takeWhile(time -> !time.isAfter(now))
        .forEach(all::add);
    List<Instant> fates = new ArrayList<>(decision.run());
    for (SkippedStretch stretch : decision.skipped()) {
      List<Instant> inside =
          all.stream()
              .filter(t -> !t.isBefore(stretch.from()) && !t.isAfter(stretch.to()))
              .toList();
      assertThat(inside).hasSize((int) stretch.count()).startsWith(stretch.from());
      assertThat(inside).endsWith(stretch.to());
      fates.addAll(inside);
    }
    assertThat(fates).containsExactlyInAnyOrderElementsOf(all);
    assertThat(decision.run()).isSorted();
    assertThat(decision.nextFireAt()).isEqualTo(FireTimes.next(timing, all.get(all.size() - 1)));
    Instant grace = now.minusSeconds(5);
    List<Instant> caughtUp = decision.run().stream().filter(t -> !t.isAfter(grace)).toList();
    assertThat(caughtUp).allMatch(t -> !t.isBefore(now.minusSeconds(windowSeconds)));
    assertThat(caughtUp.size())
        .isLessThanOrEqualTo(policy == Policy.NONE ? 0 : policy == Policy.LAST ? 1 : max);
  }
}
