package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Routing.Success;
import io.oasis.schedule.Misfire;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Schedule.Gap;
import io.oasis.schedule.Schedule.IfPast;
import io.oasis.schedule.Schedule.Overlap;
import io.oasis.schedule.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every accepted way to write a field. */
class ManifestFormsTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private static Schedule schedule(String text) {
    return Read.spec("schedule: " + text).schedule();
  }

  @Test
  void aJobWithOnlyWhatIsNeededGetsEveryDefault() {
    assertThat(Read.spec())
        .isEqualTo(
            new JobSpec(
                "nightly",
                new Schedule.None(),
                Window.ALWAYS,
                Duration.ZERO,
                Misfire.DEFAULT,
                "settle",
                Map.of(),
                Routing.DEFAULT,
                Blocking.DEFAULT,
                Retry.DEFAULT,
                Timeouts.DEFAULT,
                Owner.NOBODY,
                Alarm.NONE,
                true));
  }

  @Test
  void anAppNeedsNoSpec() {
    String text = "{apiVersion: oasis/v1, kind: App, metadata: {name: billing}}";

    assertThat(Read.manifests(text))
        .singleElement()
        .extracting(manifest -> ((AppManifest) manifest).spec())
        .isEqualTo(new AppSpec("billing", Owner.NOBODY));
  }

  @Test
  void cronSchedules() {
    assertThat(schedule("{cron: '*/5  * * * mon'}"))
        .isEqualTo(new Schedule.Cron("*/5 * * * MON", ZoneId.of("UTC"), Gap.SHIFT, Overlap.FIRST));
    assertThat(schedule("{cron: '@Daily', timeZone: Asia/Shanghai, gap: skip, overlap: both}"))
        .isEqualTo(new Schedule.Cron("@daily", SHANGHAI, Gap.SKIP, Overlap.BOTH));
    assertThat(schedule("{cron: '0 0 2 L * ?', timeZone: '+08:00'}"))
        .isEqualTo(
            new Schedule.Cron("0 0 2 L * ?", ZoneOffset.ofHours(8), Gap.SHIFT, Overlap.FIRST));
  }

  @Test
  void aCronWithoutTimeZoneUsesTheReadersOwn() {
    ReadResult result =
        new ManifestReader(SHANGHAI)
            .read(List.of(Read.file("a.yaml", Read.job("schedule: {cron: '@daily'}"))));

    assertThat(result.manifests())
        .singleElement()
        .extracting(job -> ((Manifest.JobManifest) job).spec().schedule())
        .isEqualTo(new Schedule.Cron("@daily", SHANGHAI, Gap.SHIFT, Overlap.FIRST));
  }

  @Test
  void windowAndJitterBelongToTheSchedule() {
    JobSpec spec =
        Read.spec(
            "schedule:",
            "  cron: '@hourly'",
            "  timeZone: Asia/Shanghai",
            "  start: 2026-12-01",
            "  end: 2026-12-31 18:00:00",
            "  jitter: 5m");

    assertThat(spec.window())
        .isEqualTo(
            new Window(
                Optional.of(Instant.parse("2026-11-30T16:00:00Z")),
                Optional.of(Instant.parse("2026-12-31T10:00:00Z"))));
    assertThat(spec.jitter()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void fixedSchedules() {
    assertThat(schedule("{fixedRate: 1m}"))
        .isEqualTo(new Schedule.FixedRate(Duration.ofMinutes(1), Optional.empty()));
    assertThat(schedule("{fixedRate: PT1H30M, anchor: 2026-01-01T08:10:00+08:00}"))
        .isEqualTo(
            new Schedule.FixedRate(
                Duration.ofMinutes(90), Optional.of(Instant.parse("2026-01-01T00:10:00Z"))));
    assertThat(schedule("{fixedDelay: 30s}"))
        .isEqualTo(new Schedule.FixedDelay(Duration.ofSeconds(30), false));
    assertThat(schedule("{fixedDelay: 1h30m, resetOnManual: true}"))
        .isEqualTo(new Schedule.FixedDelay(Duration.ofMinutes(90), true));
    assertThat(schedule("none")).isEqualTo(new Schedule.None());
  }

  @Test
  void oneTimeSchedules() {
    Instant at = Instant.parse("2026-12-01T01:00:00Z");

    assertThat(schedule("{at: 2026-12-01T09:00:00+08:00}"))
        .isEqualTo(new Schedule.OneTime(at, ZoneOffset.ofHours(8), IfPast.REFUSE));
    assertThat(schedule("{at: 2026-12-01T01:00:00Z, ifPast: run}"))
        .isEqualTo(new Schedule.OneTime(at, ZoneOffset.UTC, IfPast.RUN));
    assertThat(schedule("{at: '2026-12-01 09:00', timeZone: Asia/Shanghai, ifPast: skip}"))
        .isEqualTo(new Schedule.OneTime(at, SHANGHAI, IfPast.SKIP));
    assertThat(schedule("{at: 2026-12-01T01:00:00Z, timeZone: Asia/Shanghai}"))
        .isEqualTo(new Schedule.OneTime(at, SHANGHAI, IfPast.REFUSE));
    assertThat(schedule("{at: 2026-12-01T01:00:00}"))
        .isEqualTo(new Schedule.OneTime(at, ZoneId.of("UTC"), IfPast.REFUSE));
  }

  @Test
  void aLocalTimeThatComesTwiceIsTheFirst() {
    assertThat(schedule("{at: 2026-11-01T01:30:00, timeZone: America/New_York}"))
        .isEqualTo(
            new Schedule.OneTime(
                Instant.parse("2026-11-01T05:30:00Z"),
                ZoneId.of("America/New_York"),
                IfPast.REFUSE));
  }

  @Test
  void misfire() {
    assertThat(Read.spec("misfire: none").misfire().policy()).isEqualTo(Misfire.Policy.NONE);
    assertThat(Read.spec("misfire: last").misfire()).isEqualTo(Misfire.DEFAULT);
    assertThat(Read.spec("misfire: {policy: all, window: 1h, grace: 30s, max: 3}").misfire())
        .isEqualTo(new Misfire(Misfire.Policy.ALL, Duration.ofHours(1), Duration.ofSeconds(30), 3));
  }

  @Test
  void routing() {
    Success all = new Success(Success.Rule.ALL, 0);

    assertThat(Read.spec("routing: least-busy").routing())
        .isEqualTo(new Routing(Routing.Strategy.LEAST_BUSY, Map.of(), all));
    assertThat(Read.spec("routing: {selector: {zone: b}}").routing())
        .isEqualTo(new Routing(Routing.Strategy.ROUND_ROBIN, Map.of("zone", "b"), all));
    assertThat(Read.spec("routing: broadcast").routing().success()).isEqualTo(all);
    assertThat(success("all")).isEqualTo(all);
    assertThat(success("any")).isEqualTo(new Success(Success.Rule.ANY, 0));
    assertThat(success("{min: 2}")).isEqualTo(new Success(Success.Rule.MIN, 2));
    assertThat(success("{percent: 80}")).isEqualTo(new Success(Success.Rule.PERCENT, 80));
  }

  private static Success success(String text) {
    return Read.spec("routing: {strategy: broadcast, success: " + text + "}").routing().success();
  }

  @Test
  void blocking() {
    assertThat(blocking("serial")).isEqualTo(Blocking.DEFAULT);
    assertThat(blocking("discard")).isEqualTo(new Blocking(Blocking.Strategy.DISCARD, 1, 100));
    assertThat(blocking("replace")).isEqualTo(new Blocking(Blocking.Strategy.REPLACE, 1, 100));
    assertThat(blocking("parallel")).isEqualTo(new Blocking(Blocking.Strategy.PARALLEL, 10, 100));
    assertThat(blocking("{strategy: serial, queue: 5}"))
        .isEqualTo(new Blocking(Blocking.Strategy.SERIAL, 1, 5));
    assertThat(blocking("{strategy: parallel, max: 3, overflow: queue, queue: 7}"))
        .isEqualTo(new Blocking(Blocking.Strategy.PARALLEL, 3, 7));
    assertThat(blocking("{strategy: parallel, max: 3, overflow: discard}"))
        .isEqualTo(new Blocking(Blocking.Strategy.PARALLEL_DISCARD, 3, 100));
  }

  private static Blocking blocking(String text) {
    return Read.spec("blocking: " + text).blocking();
  }

  @Test
  void retry() {
    Duration tenMinutes = Duration.ofMinutes(10);

    assertThat(Read.spec("retry: 3").retry())
        .isEqualTo(new Retry(3, Duration.ofSeconds(10), 2, tenMinutes, 0.1, true, true));
    assertThat(
            Read.spec(
                    "retry: {max: 5, backoff: 500ms, factor: 1.5, cap: 1m, jitter: 0, onLost: fail,"
                        + " onTimeout: fail}")
                .retry())
        .isEqualTo(
            new Retry(5, Duration.ofMillis(500), 1.5, Duration.ofMinutes(1), 0, false, false));
    assertThat(Read.spec("retry: {max: 1, backoff: 1h}").retry().cap())
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void timeouts() {
    assertThat(Read.spec("timeout: 90s").timeouts().run()).contains(Duration.ofSeconds(90));
    assertThat(Read.spec("timeout: {run: 10m, queue: 2h, total: 1h, killGrace: 0s}").timeouts())
        .isEqualTo(
            new Timeouts(
                Optional.of(Duration.ofMinutes(10)),
                Duration.ofHours(2),
                Optional.of(Duration.ofHours(1)),
                Duration.ZERO));
  }

  @Test
  void alarm() {
    assertThat(Read.spec("alarm: {mail: [z@example.com, owner, owner]}").alarm())
        .isEqualTo(
            new Alarm(
                Set.of(Alarm.Event.FAILURE, Alarm.Event.TIMEOUT, Alarm.Event.LOST),
                List.of("owner", "z@example.com")));
    assertThat(Read.spec("alarm: {on: [missed]}").alarm())
        .isEqualTo(new Alarm(Set.of(Alarm.Event.MISSED), List.of()));
    assertThat(Read.spec("alarm: {on: []}").alarm()).isEqualTo(Alarm.NONE);
    assertThat(
            Read.spec("alarm: {on: [lost], repeat: 30m, recovery: false, language: zh-CN}").alarm())
        .isEqualTo(
            new Alarm(
                Set.of(Alarm.Event.LOST),
                List.of(),
                Optional.of(Duration.ofMinutes(30)),
                false,
                Optional.of("zh-CN")));
    assertThat(Read.spec("alarm: {repeat: never}").alarm().repeat()).isEmpty();
  }

  @Test
  void parametersKeepTheTextThatTheUserWrote() {
    JobSpec spec =
        Read.spec(
            "params:",
            "  code: 007",
            "  yes: no",
            "  half: 1.50",
            "  empty: ''",
            "  quoted: \"a\\tb\"",
            "  date: 2026-12-01",
            "  script: |",
            "    echo one",
            "    echo two",
            "  folded: >-",
            "    one",
            "    line");

    assertThat(spec.params())
        .containsExactly(
            Map.entry("code", "007"),
            Map.entry("date", "2026-12-01"),
            Map.entry("empty", ""),
            Map.entry("folded", "one line"),
            Map.entry("half", "1.50"),
            Map.entry("quoted", "a\tb"),
            Map.entry("script", "echo one\necho two\n"),
            Map.entry("yes", "no"));
  }

  @Test
  @DisplayName("GO9: however a spec is written, it is the same spec")
  void spellingIsNoDifference() {
    JobSpec one =
        Read.spec(
            "schedule: {fixedRate: 60s}",
            "misfire: {policy: last, window: 24h}",
            "routing: {strategy: round-robin}",
            "blocking: {strategy: serial}",
            "retry: {max: 3, factor: 2.0}",
            "timeout: {run: 600s}",
            "alarm: {on: [timeout, failure], mail: [owner, a@b.c]}",
            "enabled: true");
    JobSpec other =
        Read.spec(
            "alarm: {mail: [a@b.c, owner], on: [failure, timeout]}",
            "timeout: 10m",
            "retry: 3",
            "schedule: {fixedRate: PT1M}");

    assertThat(one).isEqualTo(other);
    assertThat(SpecForm.diff(one, other)).isEmpty();
  }

  @Test
  void anchorsAndAliasesRepeatAValue() {
    String text =
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: billing, name: one, labels: &labels {team: payments}}
        spec: {handler: x, schedule: none, params: *labels}
        """;

    assertThat(Read.manifests(text))
        .extracting(manifest -> ((Manifest.JobManifest) manifest).spec().params())
        .containsExactly(Map.of("team", "payments"));
  }

  @Test
  void severalFilesAndEmptyDocumentsBetween() {
    String app = "{apiVersion: oasis/v1, kind: App, metadata: {name: %s}}\n";

    ReadResult result =
        Read.text(
            "---\n" + app.formatted("a") + "---\n---\n" + app.formatted("b") + "...\n",
            "\uFEFF# comment\r\n" + app.formatted("c").replace("\n", "\r\n"));

    assertThat(result.problems()).isEmpty();
    assertThat(result.manifests())
        .extracting(Manifest::describe)
        .containsExactly("app a", "app b", "app c");
    assertThat(result.manifests().get(2).location())
        .isEqualTo(new Manifest.Location("b.yaml", 2, 1));
    assertThat(new ManifestReader().read(List.of()))
        .isEqualTo(new ReadResult(List.of(), List.of()));
  }
}
