package io.oasis.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.schedule.Schedule.Gap;
import io.oasis.schedule.Schedule.IfPast;
import io.oasis.schedule.Schedule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FireTimesTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final String NEW_YORK = "America/New_York";

  static JobTiming cron(String expression, String zone) {
    return cron(expression, zone, Gap.SHIFT, Overlap.FIRST);
  }

  static JobTiming cron(String expression, String zone, Gap gap, Overlap overlap) {
    return timing(new Schedule.Cron(expression, ZoneId.of(zone), gap, overlap));
  }

  static JobTiming timing(Schedule schedule) {
    return new JobTiming(schedule, Window.ALWAYS, Duration.ZERO, "billing/nightly", CREATED);
  }

  private static JobTiming within(JobTiming timing, String start, String end) {
    Window window =
        new Window(
            Optional.ofNullable(start).map(Instant::parse),
            Optional.ofNullable(end).map(Instant::parse));
    return new JobTiming(
        timing.schedule(), window, timing.jitter(), timing.jitterKey(), timing.createdAt());
  }

  private static JobTiming jittered(Schedule schedule, Duration jitter, String key) {
    return new JobTiming(schedule, Window.ALWAYS, jitter, key, CREATED);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  private static List<String> between(JobTiming timing, String after, String until) {
    return FireTimes.preview(timing, at(after), 5000).stream()
        .filter(time -> !time.isAfter(at(until)))
        .map(Instant::toString)
        .toList();
  }

  @Test
  @DisplayName("TM4: a fixed time in the gap fires once, at the first instant after it")
  void gapShifts() {
    JobTiming timing = cron("30 2 * * *", NEW_YORK);

    assertThat(between(timing, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"))
        .containsExactly("2026-03-08T07:00:00Z");
  }

  @Test
  @DisplayName("TM4: with gap: skip it does not fire, and the ledger learns which time was skipped")
  void gapSkips() {
    JobTiming timing = cron("30 2 * * *", NEW_YORK, Gap.SKIP, Overlap.FIRST);
    Instant from = at("2026-03-08T05:00:00Z");
    Instant until = at("2026-03-09T04:00:00Z");

    assertThat(FireTimes.missed(timing, from, until)).isEmpty();
    assertThat(FireTimes.skippedByGap(timing, from, until))
        .containsExactly(
            new GapSkip(LocalDateTime.parse("2026-03-08T02:30:00"), at("2026-03-08T07:00:00Z")));
    assertThat(FireTimes.skippedByGap(cron("30 2 * * *", NEW_YORK), from, until)).isEmpty();
    assertThat(FireTimes.skippedByGap(timing(new Schedule.None()), from, until)).isEmpty();
  }

  @Test
  @DisplayName("TM4: many times in one gap shift to one fire, and share it with the hour after it")
  void gapShiftsManyToOne() {
    JobTiming timing = cron("0,20,40 2,3 * * *", NEW_YORK);

    assertThat(between(timing, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"))
        .containsExactly("2026-03-08T07:00:00Z", "2026-03-08T07:20:00Z", "2026-03-08T07:40:00Z");
  }

  @Test
  @DisplayName("TM5: a fixed time in the overlap fires the first time only, or both times")
  void overlap() {
    assertThat(
            between(cron("30 1 * * *", NEW_YORK), "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"))
        .containsExactly("2026-11-01T05:30:00Z");
    assertThat(
            between(
                cron("30 1 * * *", NEW_YORK, Gap.SHIFT, Overlap.BOTH),
                "2026-11-01T04:00:00Z",
                "2026-11-02T05:00:00Z"))
        .containsExactly("2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z");
  }

  @Test
  @DisplayName("TM6: a quarter-hourly cron fires 92 times on the short day and 100 on the long one")
  void intervalsKeepElapsedTime() {
    for (String expression : List.of("*/15 * * * *", "0 0/15 * * * ?", "0,15,30,45 * * * *")) {
      JobTiming timing = cron(expression, NEW_YORK);

      List<String> shortDay = between(timing, "2026-03-08T04:59:59Z", "2026-03-09T03:59:59Z");
      List<String> longDay = between(timing, "2026-11-01T03:59:59Z", "2026-11-02T04:59:59Z");

      assertThat(shortDay).hasSize(92);
      assertThat(longDay).hasSize(100);
      assertThat(IntStream.range(1, 92).mapToObj(i -> distance(shortDay, i)))
          .containsOnly(Duration.ofMinutes(15));
      assertThat(IntStream.range(1, 100).mapToObj(i -> distance(longDay, i)))
          .containsOnly(Duration.ofMinutes(15));
    }
  }

  private static Duration distance(List<String> times, int index) {
    return Duration.between(at(times.get(index - 1)), at(times.get(index)));
  }

  @Test
  @DisplayName("TM7: half-hour shifts, gaps at midnight and zones without shifts follow the rules")
  void oddZones() {
    assertThat(
            between(
                cron("10 2 * * *", "Australia/Lord_Howe"),
                "2026-10-03T00:00:00Z",
                "2026-10-04T00:00:00Z"))
        .containsExactly("2026-10-03T15:30:00Z");
    assertThat(
            between(
                cron("0 0 * * *", "America/Santiago"),
                "2026-09-06T00:00:00Z",
                "2026-09-06T23:00:00Z"))
        .containsExactly("2026-09-06T04:00:00Z");
    assertThat(
            between(
                cron("30 2 * * *", "Europe/Berlin"),
                "2026-10-24T12:00:00Z",
                "2026-10-25T12:00:00Z"))
        .containsExactly("2026-10-25T00:30:00Z");
    assertThat(
            between(
                cron("0 30 2 * * ?", "Asia/Shanghai"),
                "2026-11-22T00:00:00Z",
                "2026-11-24T00:00:00Z"))
        .containsExactly("2026-11-22T18:30:00Z", "2026-11-23T18:30:00Z");
  }

  @Test
  @DisplayName("TM9: a cron whose years are over has no next time")
  void finishedYears() {
    JobTiming timing = cron("0 0 0 1 1 ? 2024-2025", "UTC");

    assertThat(FireTimes.next(timing, at("2024-06-01T00:00:00Z")))
        .contains(at("2025-01-01T00:00:00Z"));
    assertThat(FireTimes.next(timing, at("2025-01-01T00:00:00Z"))).isEmpty();
    assertThat(FireTimes.preview(timing, at("2026-01-01T00:00:00Z"), 5)).isEmpty();
  }

  @Test
  @DisplayName("TM5: the repeated hour is found even when the cron has no later time at all")
  void overlapAtTheVeryEnd() {
    JobTiming timing = cron("0 30 1 1 11 ? 2026", NEW_YORK, Gap.SHIFT, Overlap.BOTH);

    assertThat(FireTimes.next(timing, at("2026-11-01T05:30:00Z")))
        .contains(at("2026-11-01T06:30:00Z"));
    assertThat(FireTimes.next(timing, at("2026-11-01T06:30:00Z"))).isEmpty();
  }

  @Test
  @DisplayName("CU8: a fixed rate keeps its anchor, whenever it is asked")
  void fixedRateKeepsItsAnchor() {
    JobTiming timing =
        timing(
            new Schedule.FixedRate(Duration.ofHours(1), Optional.of(at("2026-06-01T08:10:00Z"))));

    assertThat(FireTimes.next(timing, at("2026-06-01T09:30:00Z")))
        .contains(at("2026-06-01T10:10:00Z"));
    assertThat(FireTimes.next(timing, at("2026-06-01T10:10:00Z")))
        .contains(at("2026-06-01T11:10:00Z"));
    assertThat(FireTimes.next(timing, at("2026-05-01T00:00:00Z")))
        .contains(at("2026-06-01T08:10:00Z"));
  }

  @Test
  void fixedRateWithoutAnchorCountsFromCreation() {
    JobTiming timing = timing(new Schedule.FixedRate(Duration.ofMinutes(7), Optional.empty()));

    assertThat(FireTimes.first(timing, CREATED)).contains(CREATED.plus(Duration.ofMinutes(7)));
    assertThat(FireTimes.missed(timing, CREATED, CREATED.plus(Duration.ofDays(3650))))
        .contains(
            new Stretch(
                CREATED.plus(Duration.ofMinutes(7)),
                CREATED.plus(Duration.ofMinutes(7 * (3650L * 1440 / 7))),
                3650L * 1440 / 7));
  }

  @Test
  @DisplayName("CU9: a fixed delay counts from the end of the run and has no next time before it")
  void fixedDelay() {
    JobTiming timing = timing(new Schedule.FixedDelay(Duration.ofSeconds(30), false));

    assertThat(FireTimes.next(timing, CREATED)).isEmpty();
    assertThat(FireTimes.first(timing, CREATED)).contains(CREATED.plusSeconds(30));
    assertThat(FireTimes.nextAfterFinish(timing, CREATED.plusSeconds(95)))
        .contains(CREATED.plusSeconds(125));
    assertThat(FireTimes.nextAfterFinish(cron("* * * * *", "UTC"), CREATED)).isEmpty();
    assertThat(FireTimes.nextAfterFinish(within(timing, null, "2026-01-01T00:00:30Z"), CREATED))
        .isEmpty();
    assertThat(FireTimes.nextAfterFinish(within(timing, "2026-02-01T00:00:00Z", null), CREATED))
        .contains(at("2026-02-01T00:00:00Z"));
  }

  @Test
  @DisplayName("CU7: enabling at 10:00:10 a job that fires on the hour gives 11:00")
  void enablingIsNoTrigger() {
    assertThat(FireTimes.afterEnable(cron("0 * * * *", "UTC"), at("2026-06-01T10:00:10Z")))
        .contains(at("2026-06-01T11:00:00Z"));
    assertThat(FireTimes.afterEnable(once(IfPast.RUN), at("2026-06-01T10:00:00Z"))).isEmpty();
  }

  private static JobTiming once(IfPast ifPast) {
    return timing(
        new Schedule.OneTime(at("2026-06-01T09:00:00Z"), ZoneId.of("Asia/Shanghai"), ifPast));
  }

  @Test
  @DisplayName("CU10: a one-time job in the past runs once now only with ifPast: run")
  void oneTime() {
    Instant before = at("2026-06-01T08:59:59Z");
    Instant after = at("2026-06-01T09:00:00Z");

    assertThat(FireTimes.first(once(IfPast.SKIP), before)).contains(after);
    assertThat(FireTimes.next(once(IfPast.SKIP), after)).isEmpty();
    assertThat(FireTimes.first(once(IfPast.SKIP), after)).isEmpty();
    assertThat(FireTimes.first(once(IfPast.RUN), after)).contains(after);
    assertThat(FireTimes.next(once(IfPast.RUN), after)).isEmpty();
  }

  @Test
  void aJobByHandNeverFires() {
    assertThat(FireTimes.first(timing(new Schedule.None()), CREATED)).isEmpty();
    assertThat(FireTimes.preview(timing(new Schedule.None()), CREATED, 3)).isEmpty();
  }

  @Test
  void theWindowIncludesItsStartAndExcludesItsEnd() {
    JobTiming hourly =
        within(cron("0 * * * *", "UTC"), "2026-06-01T10:00:00Z", "2026-06-01T13:00:00Z");

    assertThat(between(hourly, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
        .containsExactly("2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", "2026-06-01T12:00:00Z");
    assertThat(FireTimes.missed(hourly, CREATED, at("2027-01-01T00:00:00Z")))
        .contains(new Stretch(at("2026-06-01T10:00:00Z"), at("2026-06-01T12:00:00Z"), 3));
  }

  @Test
  void jitterMovesEveryFireOfAJobByTheSameShare() {
    Schedule daily = cron("0 2 * * *", "UTC").schedule();
    Duration offset = jittered(daily, Duration.ofMinutes(30), "a/b").jitterOffset();

    List<Instant> times =
        FireTimes.preview(jittered(daily, Duration.ofMinutes(30), "a/b"), CREATED, 3);

    assertThat(offset).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(30).minusSeconds(1));
    assertThat(times)
        .containsExactly(
            at("2026-01-01T02:00:00Z").plus(offset),
            at("2026-01-02T02:00:00Z").plus(offset),
            at("2026-01-03T02:00:00Z").plus(offset));
    assertThat(
            FireTimes.missed(jittered(daily, Duration.ofMinutes(30), "a/b"), CREATED, times.get(2)))
        .contains(new Stretch(times.get(0), times.get(2), 3));
  }

  @Test
  void jitterSpreadsJobsOverItsWholeLength() {
    Schedule daily = cron("0 2 * * *", "UTC").schedule();

    long[] perMinute = new long[10];
    for (int job = 0; job < 10_000; job++) {
      long minute =
          jittered(daily, Duration.ofMinutes(10), "app/job-" + job).jitterOffset().toMinutes();
      perMinute[(int) minute]++;
    }

    assertThat(java.util.Arrays.stream(perMinute).boxed())
        .allMatch(count -> count > 800 && count < 1200);
  }

  @Test
  void fixedDelayAndOneTimeAreNotJittered() {
    Schedule delay = new Schedule.FixedDelay(Duration.ofSeconds(30), false);

    assertThat(jittered(delay, Duration.ofHours(1), "x").jitterOffset()).isZero();
    assertThat(jittered(once(IfPast.RUN).schedule(), Duration.ofHours(1), "x").jitterOffset())
        .isZero();
  }

  @Test
  void aHundredYearsOfEverySecondAreCountedNotWalked() {
    Instant end = at("2126-01-01T00:00:00Z");

    assertThat(FireTimes.missed(cron("* * * * * ?", NEW_YORK), CREATED, end))
        .contains(
            new Stretch(CREATED.plusSeconds(1), end, Duration.between(CREATED, end).toSeconds()));
  }

  @Test
  void aCronThatNobodyValidatedIsRefusedByName() {
    assertThatThrownBy(() -> FireTimes.next(cron("nonsense", "UTC"), CREATED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense");
  }
}
