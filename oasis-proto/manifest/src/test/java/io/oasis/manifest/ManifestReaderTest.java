package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Manifest.Location;
import io.oasis.schedule.Misfire;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {

  @Test
  void aWholeFileBecomesAppAndJobWithEveryField() {
    String text =
        """
        apiVersion: oasis/v1
        kind: App
        metadata: {name: billing}
        spec: {title: Billing, owner: {name: Payments team, email: payments@example.com}}
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata:
          app: billing
          name: nightly-settlement
          labels: {team: payments}
        spec:
          title: 每日清算
          schedule: {cron: "0 30 2 * * ?", timeZone: Asia/Shanghai}
          misfire: {policy: last, window: 1h}
          handler: settle
          params: {region: cn-east, code: 007}
          routing: round-robin
          blocking: serial
          retry: {max: 3, backoff: 10s, factor: 2, cap: 5m}
          timeout: 10m
          owner: {name: Li, email: li@example.com}
          alarm: {on: [failure, timeout], mail: [owner]}
          enabled: true
        """;

    List<Manifest> manifests = Read.manifests(text);

    assertThat(manifests)
        .containsExactly(
            new AppManifest(
                "billing",
                new AppSpec("Billing", new Owner("Payments team", "payments@example.com")),
                new Location("a.yaml", 1, 1)),
            new JobManifest(
                new JobKey("billing", "nightly-settlement"),
                Map.of("team", "payments"),
                new JobSpec(
                    "每日清算",
                    new Schedule.Cron(
                        "0 30 2 * * ?",
                        ZoneId.of("Asia/Shanghai"),
                        Schedule.Gap.SHIFT,
                        Schedule.Overlap.FIRST),
                    Window.ALWAYS,
                    Duration.ZERO,
                    new Misfire(
                        Misfire.Policy.LAST, Duration.ofHours(1), Duration.ofSeconds(5), 10),
                    "settle",
                    Map.of("code", "007", "region", "cn-east"),
                    Routing.DEFAULT,
                    Blocking.DEFAULT,
                    new Retry(3, Duration.ofSeconds(10), 2, Duration.ofMinutes(5), 0.1, true, true),
                    new Timeouts(
                        Optional.of(Duration.ofMinutes(10)),
                        Duration.ofHours(1),
                        Optional.empty(),
                        Duration.ofSeconds(10)),
                    new Owner("Li", "li@example.com"),
                    new Alarm(Set.of(Alarm.Event.FAILURE, Alarm.Event.TIMEOUT), List.of("owner")),
                    true),
                new Location("a.yaml", 6, 1)));
    assertThat(SpecForm.fromMap(SpecForm.toMap(((JobManifest) manifests.get(1)).spec())))
        .isEqualTo(((JobManifest) manifests.get(1)).spec());
  }
}
