package io.oasis.manifest;

import io.oasis.manifest.Routing.Success;
import io.oasis.schedule.Misfire;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Specs of every kind that a manifest can say. */
final class Specs extends DomainContextBase {

  @Provide
  Arbitrary<JobSpec> specs() {
    Arbitrary<Owner> owners =
        Combinators.combine(
                line().optional().map(name -> name.orElse("")),
                Arbitraries.of("", "li@example.com", "李@例子.中国"))
            .as(Owner::new);
    return Combinators.combine(line(), timings(), misfires(), line(), params(), routings())
        .as(
            (title, timing, misfire, handler, params, routing) ->
                new JobSpec(
                    title,
                    timing.schedule(),
                    timing.window(),
                    timing.jitter(),
                    misfire,
                    handler,
                    params,
                    routing,
                    Blocking.DEFAULT,
                    Retry.DEFAULT,
                    Timeouts.DEFAULT,
                    Owner.NOBODY,
                    Alarm.NONE,
                    true))
        .flatMap(
            base ->
                Combinators.combine(
                        blockings(),
                        retries(),
                        timeouts(),
                        owners,
                        alarms(),
                        Arbitraries.of(true, false))
                    .as(
                        (blocking, retry, timeouts, owner, alarm, enabled) ->
                            new JobSpec(
                                base.title(),
                                base.schedule(),
                                base.window(),
                                base.jitter(),
                                base.misfire(),
                                base.handler(),
                                base.params(),
                                base.routing(),
                                blocking,
                                retry,
                                timeouts,
                                owner,
                                alarm,
                                enabled)));
  }

  /** One line that is not blank, full of what YAML could misread. */
  private static Arbitrary<String> line() {
    Arbitrary<String> nasty =
        Arbitraries.of(
            "null",
            "~",
            "yes",
            "true",
            "007",
            "1e3",
            "- x",
            "a: b",
            "a #b",
            "'",
            "\"",
            "{}",
            "[x",
            "*a",
            "&a",
            "!t",
            "%d",
            "@x",
            "`",
            "|",
            ">",
            "? x",
            ": x",
            "x:",
            "清算",
            "\\n",
            "2026-01-01",
            "12:30:45",
            "0x1F",
            "...",
            "---",
            "=",
            "<<",
            "😀",
            "a\u2028b",
            "a b ",
            " a",
            "1_000");
    Arbitrary<String> any =
        Arbitraries.strings()
            .ofMinLength(1)
            .ofMaxLength(20)
            .filter(
                text ->
                    !text.isBlank()
                        && text.codePoints()
                            .noneMatch(
                                c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF)));
    return Arbitraries.oneOf(
        nasty, any, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(9));
  }

  private static Arbitrary<Map<String, String>> params() {
    Arbitrary<String> keys =
        Arbitraries.of("a", "b.c", "on", "null", "1", "x_y", "team/name", "true", "1e3", "Z-9");
    Arbitrary<String> lines =
        Arbitraries.of("echo", " indented", "", "\ttab", "a: b", "# no", "trail ", "---", "清算");
    Arbitrary<String> texts =
        Combinators.combine(
                lines.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of("", "\n", "\n\n", "\r"))
            .as((parts, end) -> String.join("\n", parts) + end);
    return Arbitraries.maps(keys, Arbitraries.oneOf(line(), texts)).ofMaxSize(4);
  }

  private static Arbitrary<Duration> durations(long minSeconds, long maxSeconds) {
    return Arbitraries.longs()
        .between(minSeconds * 1000, maxSeconds * 1000)
        .map(Duration::ofMillis);
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.longs().between(1_700_000_000L, 4_000_000_000L).map(Instant::ofEpochSecond);
  }

  private static Arbitrary<ZoneId> zones() {
    return Arbitraries.of("UTC", "Z", "+08:00", "Asia/Shanghai", "America/New_York", "GMT+08:00")
        .map(ZoneId::of);
  }

  private static Arbitrary<ScheduleReader.Timing> timings() {
    Arbitrary<Schedule> crons =
        Combinators.combine(
                Arbitraries.of("*/5 * * * *", "0 30 2 * * ?", "@daily", "0 0 2 ? * MON-FRI 2027"),
                zones(),
                Arbitraries.of(Schedule.Gap.class),
                Arbitraries.of(Schedule.Overlap.class))
            .as(Schedule.Cron::new);
    Arbitrary<Schedule> rates =
        Combinators.combine(durations(1, 1_000_000), instants().optional())
            .as(Schedule.FixedRate::new);
    Arbitrary<Schedule> delays =
        Combinators.combine(durations(1, 1_000_000), Arbitraries.of(true, false))
            .as(Schedule.FixedDelay::new);
    Arbitrary<Schedule> once =
        Combinators.combine(instants(), zones(), Arbitraries.of(Schedule.IfPast.class))
            .as(Schedule.OneTime::new);
    Arbitrary<Window> windows =
        Combinators.combine(
                instants().optional(), Arbitraries.longs().between(1, 9_999_999).optional())
            .as(
                (start, length) ->
                    new Window(
                        start,
                        length.map(
                            l ->
                                start
                                    .orElse(Instant.ofEpochSecond(5_000_000_000L))
                                    .plusSeconds(l))));
    Arbitrary<Duration> jitters =
        Arbitraries.oneOf(Arbitraries.just(Duration.ZERO), durations(2, 86_400));
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.oneOf(crons, rates), windows, jitters)
            .as(ScheduleReader.Timing::new),
        Combinators.combine(delays, windows)
            .as((schedule, window) -> new ScheduleReader.Timing(schedule, window, Duration.ZERO)),
        once.map(s -> new ScheduleReader.Timing(s, Window.ALWAYS, Duration.ZERO)),
        Arbitraries.just(ScheduleReader.Timing.BY_HAND));
  }

  private static Arbitrary<Misfire> misfires() {
    return Combinators.combine(
            Arbitraries.of(Misfire.Policy.class),
            durations(600, 86_400),
            durations(1, 600),
            Arbitraries.integers().between(1, 1000))
        .as(
            (policy, window, grace, max) ->
                new Misfire(
                    policy,
                    window,
                    grace,
                    policy == Misfire.Policy.ALL ? max : Misfire.DEFAULT.max()));
  }

  private static Arbitrary<Routing> routings() {
    Arbitrary<Success> successes =
        Arbitraries.oneOf(
            Arbitraries.of(new Success(Success.Rule.ALL, 0), new Success(Success.Rule.ANY, 0)),
            Arbitraries.integers().between(1, 99).map(n -> new Success(Success.Rule.MIN, n)),
            Arbitraries.integers().between(1, 100).map(n -> new Success(Success.Rule.PERCENT, n)));
    return Combinators.combine(
            Arbitraries.of(Routing.Strategy.class),
            Arbitraries.maps(Arbitraries.of("zone", "disk"), line()).ofMaxSize(2),
            successes,
            Arbitraries.of(Routing.MemberLost.class),
            Arbitraries.of(Routing.NoNodes.class))
        .as(
            (strategy, selector, success, lost, nobody) ->
                strategy == Routing.Strategy.BROADCAST
                    ? new Routing(strategy, selector, success, lost, nobody)
                    : new Routing(strategy, selector, Routing.DEFAULT.success()));
  }

  private static Arbitrary<Blocking> blockings() {
    return Combinators.combine(
            Arbitraries.of(Blocking.Strategy.class),
            Arbitraries.integers().between(1, 1000),
            Arbitraries.integers().between(1, 10_000))
        .as(
            (strategy, max, queue) -> {
              boolean parallel = strategy.name().startsWith("PARALLEL");
              boolean queues =
                  strategy == Blocking.Strategy.SERIAL || strategy == Blocking.Strategy.PARALLEL;
              return new Blocking(strategy, parallel ? max : 1, queues ? queue : 100);
            });
  }

  private static Arbitrary<Retry> retries() {
    Arbitrary<Boolean> choice = Arbitraries.of(true, false);
    return Combinators.combine(
            Arbitraries.integers().between(0, 100),
            durations(0, 3_600),
            Arbitraries.doubles().between(1, 100).ofScale(3),
            durations(3_600, 86_400),
            Arbitraries.doubles().between(0, 1).ofScale(2),
            choice,
            choice)
        .as(Retry::new);
  }

  private static Arbitrary<Timeouts> timeouts() {
    return Combinators.combine(
            durations(1, 3_600).optional(),
            durations(1, 86_400),
            durations(3_600, 86_400).optional(),
            durations(0, 3_600))
        .as(Timeouts::new);
  }

  private static Arbitrary<Alarm> alarms() {
    Arbitrary<Set<Alarm.Event>> events = Arbitraries.of(Alarm.Event.class).set();
    Arbitrary<List<String>> mails =
        Arbitraries.of("owner", "a@b.c", "x+y@example.com")
            .set()
            .map(set -> List.copyOf(new TreeSet<>(set)));
    return Combinators.combine(
            events,
            mails,
            durations(60, 86_400).optional(),
            Arbitraries.of(true, false),
            Arbitraries.of("en", "zh-CN").optional())
        .as(Alarm::new);
  }
}
