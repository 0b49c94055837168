package io.oasis.server.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.AppSpec;
import io.oasis.manifest.FieldChange;
import io.oasis.manifest.JobKey;
import io.oasis.manifest.Manifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.Owner;
import io.oasis.manifest.Problem;
import io.oasis.manifest.ReadResult;
import io.oasis.manifest.SourceFile;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.forecast.FireChange;
import io.oasis.server.job.Firing;
import io.oasis.server.job.ManagedJob;
import io.oasis.server.secret.SecretMarks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T01:30:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final JobKey KEY = new JobKey("billing", "nightly");

  private final Map<String, ManagedApp> apps =
      new HashMap<>(
          Map.of(
              "billing",
              new ManagedApp(
                  1,
                  "billing",
                  new AppSpec("billing", Owner.NOBODY),
                  Optional.empty(),
                  Optional.empty())));
  private final Map<JobKey, ManagedJob> jobs = new HashMap<>();

  private static JobManifest job(String spec) {
    String text =
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: billing, name: nightly}
        spec: {handler: settle, %s}
        """
            .formatted(spec);
    ReadResult read =
        new ManifestReader()
            .read(List.of(new SourceFile("a.yaml", text.getBytes(StandardCharsets.UTF_8))));
    assertThat(read.problems()).isEmpty();
    return (JobManifest) read.manifests().get(0);
  }

  private void exists(String spec, Optional<String> source, Switch now) {
    JobManifest manifest = job(spec);
    jobs.put(
        KEY,
        new ManagedJob(
            7,
            KEY,
            manifest.labels(),
            manifest.spec(),
            Optional.empty(),
            now == Switch.ON,
            Optional.empty(),
            3,
            Instant.parse("2026-11-01T08:10:00Z"),
            source,
            source.map(owner -> 3),
            false));
  }

  private enum Switch {
    ON,
    OFF
  }

  private void exists(String spec) {
    exists(spec, Optional.empty(), Switch.ON);
  }

  private PlanOutcome plan(Optional<String> source, Manifest... wanted) {
    return plan(source, ApplyOptions.PLAIN, wanted);
  }

  private PlanOutcome plan(Optional<String> source, ApplyOptions options, Manifest... wanted) {
    CurrentState current =
        new CurrentState(apps, jobs, Map.of(), CurrentState.Owned.NOTHING, Map.of(), NOW);
    return Planner.plan(
        List.of(wanted),
        current,
        new Planner.Rules(source, WEEK, options, new SecretMarks(new byte[] {1}), "digest"));
  }

  private PlanStep.JobStep step(Manifest wanted) {
    PlanOutcome outcome = plan(Optional.empty(), wanted);
    assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
    return ((PlanOutcome.Planned) outcome).plan().jobs().get(0);
  }

  private static Optional<Instant> next(PlanStep.JobStep step) {
    return step.timing().firing().flatMap(Firing::next);
  }

  @Test
  @DisplayName("GO2 moving 02:00 to 01:00 at 01:30 does not fire for today's 01:00")
  void noFireByEdit() {
    exists("schedule: {cron: \"0 2 * * *\"}");
    PlanStep.JobStep step = step(job("schedule: {cron: \"0 1 * * *\"}"));
    assertThat(next(step)).contains(Instant.parse("2026-11-23T01:00:00Z"));
    assertThat(step.revision()).isEqualTo(4);
    assertThat(step.fields())
        .containsExactly(new FieldChange("schedule.cron", "0 2 * * *", "0 1 * * *"));
    assertThat(step.timing().fires())
        .contains(
            new FireChange(
                7,
                7,
                6,
                Optional.of(Instant.parse("2026-11-23T01:00:00Z")),
                Optional.of(LocalTime.of(2, 0)),
                Optional.of(LocalTime.of(1, 0)),
                Optional.empty()));
  }

  @Test
  @DisplayName("GO1 a change that is not about time leaves the next fire alone")
  void otherChange() {
    exists("schedule: {cron: \"0 2 * * *\"}");
    PlanStep.JobStep step = step(job("schedule: {cron: \"0 2 * * *\"}, timeout: 10m"));
    assertThat(step.action()).isEqualTo(PlanStep.Action.CHANGE);
    assertThat(step.timing().firing()).isEmpty();
    assertThat(step.timing().fires()).isEmpty();
  }

  @Test
  @DisplayName("GO5 the same meaning in another spelling is no change")
  void sameMeaning() {
    exists("schedule: {fixedRate: 60s}, timeout: 600s");
    PlanStep.JobStep step = step(job("timeout: 10m, schedule: {fixedRate: 1m}"));
    assertThat(step.action()).isEqualTo(PlanStep.Action.UNCHANGED);
    assertThat(step.revision()).isEqualTo(3);
    assertThat(step.isNewRevision()).isFalse();
  }

  @Test
  @DisplayName("CU8 a fixed rate keeps its anchor when its job is edited")
  void anchorStays() {
    exists("schedule: {fixedRate: 1h}");
    PlanStep.JobStep step = step(job("schedule: {fixedRate: 2h}"));
    assertThat(step.timing().anchor()).isEqualTo(Instant.parse("2026-11-01T08:10:00Z"));
    assertThat(next(step)).contains(Instant.parse("2026-11-22T02:10:00Z"));
  }

  @Test
  @DisplayName("CU10 a new one-time job in the past is refused at its place")
  void pastRefused() {
    PlanOutcome outcome = plan(Optional.empty(), job("schedule: {at: \"2026-11-22T01:00:00Z\"}"));
    assertThat(outcome).isInstanceOf(PlanOutcome.Invalid.class);
    List<Problem> problems = ((PlanOutcome.Invalid) outcome).problems();
    assertThat(problems).singleElement().extracting(Problem::path).isEqualTo("spec.schedule.at");
  }

  @Test
  @DisplayName("CU10 ifPast: run fires once, now; ifPast: skip never")
  void pastAllowed() {
    assertThat(next(step(job("schedule: {at: \"2026-11-22T01:00:00Z\", ifPast: run}"))))
        .contains(NOW);
    PlanStep.JobStep skipped = step(job("schedule: {at: \"2026-11-22T01:00:00Z\", ifPast: skip}"));
    assertThat(skipped.timing().firing()).contains(new Firing(Optional.empty(), true));
  }

  @Test
  @DisplayName("CU11 a one-time job whose time is over may be applied again; a new time fires")
  void oneTimeAgain() {
    exists("schedule: {at: \"2026-11-22T01:00:00Z\"}");
    assertThat(step(job("schedule: {at: \"2026-11-22T01:00:00Z\"}")).action())
        .isEqualTo(PlanStep.Action.UNCHANGED);
    assertThat(step(job("schedule: {at: \"2026-11-22T01:00:00Z\"}, timeout: 5m")).action())
        .isEqualTo(PlanStep.Action.CHANGE);
    assertThat(next(step(job("schedule: {at: \"2026-11-22T04:00:00Z\"}"))))
        .contains(Instant.parse("2026-11-22T04:00:00Z"));
  }

  @Test
  @DisplayName("what somebody switched off by hand stays off when the manifest says nothing new")
  void handSwitchStays() {
    exists("schedule: {cron: \"0 2 * * *\"}", Optional.empty(), Switch.OFF);
    assertThat(step(job("schedule: {cron: \"0 2 * * *\"}")).action())
        .isEqualTo(PlanStep.Action.UNCHANGED);
    PlanStep.JobStep changed = step(job("schedule: {cron: \"0 3 * * *\"}"));
    assertThat(changed.enabled()).isFalse();
    assertThat(changed.timing().firing()).isEmpty();
  }

  @Test
  @DisplayName("CU7 a manifest that switches a job on gives it its first time after now")
  void switchedOnByManifest() {
    exists("schedule: {cron: \"0 * * * *\"}, enabled: false", Optional.empty(), Switch.OFF);
    PlanStep.JobStep on = step(job("schedule: {cron: \"0 * * * *\"}"));
    assertThat(on.enabled()).isTrue();
    assertThat(next(on)).contains(Instant.parse("2026-11-22T02:00:00Z"));
  }

  @Test
  @DisplayName("a manifest that switches a job off takes its fires away")
  void switchedOffByManifest() {
    exists("schedule: {cron: \"0 2 * * *\"}");
    PlanStep.JobStep off = step(job("schedule: {cron: \"0 2 * * *\"}, enabled: false"));
    assertThat(off.enabled()).isFalse();
    assertThat(off.timing().firing()).contains(Firing.OFF);
    assertThat(off.timing().fires())
        .contains(
            new FireChange(
                7,
                0,
                0,
                Optional.empty(),
                Optional.of(LocalTime.of(2, 0)),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  @DisplayName("GO8 an object of another source is a conflict that names both")
  void otherSource() {
    exists("schedule: {cron: \"0 2 * * *\"}", Optional.of("infra"), Switch.ON);
    JobManifest same = job("schedule: {cron: \"0 2 * * *\"}");
    assertThat(plan(Optional.of("infra"), same)).isInstanceOf(PlanOutcome.Planned.class);
    assertThat(plan(Optional.empty(), same)).isInstanceOf(PlanOutcome.Planned.class);
    assertThat(conflict(plan(Optional.of("other"), same)))
        .isEqualTo("job billing/nightly belongs to source infra, not to other");
    assertThat(conflict(plan(Optional.empty(), job("schedule: {cron: \"0 3 * * *\"}"))))
        .isEqualTo("job billing/nightly belongs to source infra, and this apply names no source");
  }

  private static String conflict(PlanOutcome outcome) {
    assertThat(outcome).isInstanceOf(PlanOutcome.Conflict.class);
    return ((PlanOutcome.Conflict) outcome).owners().get(0).toString();
  }

  @Test
  @DisplayName("a job of an unknown app is refused, unless the app is in the same files")
  void unknownApp() {
    apps.clear();
    JobManifest job = job("schedule: none");
    assertThat(plan(Optional.empty(), job))
        .isInstanceOfSatisfying(
            PlanOutcome.Invalid.class,
            invalid ->
                assertThat(invalid.problems().get(0).toString())
                    .startsWith(
                        job.location().at("metadata.app")
                            + "  metadata.app  there is no app billing"));
    Manifest app =
        new Manifest.AppManifest(
            "billing", new AppSpec("Billing", Owner.NOBODY), new Manifest.Location("a.yaml", 9, 1));
    assertThat(plan(Optional.empty(), job, app)).isInstanceOf(PlanOutcome.Planned.class);
  }

  @Test
  @DisplayName("CU9 a fixed delay whose run is under way has no next time before it ends")
  void fixedDelayUnderWay() {
    JobManifest old = job("schedule: {fixedDelay: 30s}");
    jobs.put(
        KEY,
        new ManagedJob(
            7,
            KEY,
            old.labels(),
            old.spec(),
            Optional.empty(),
            true,
            Optional.empty(),
            1,
            NOW,
            Optional.empty(),
            Optional.empty(),
            true));
    PlanStep.JobStep step = step(job("schedule: {fixedDelay: 60s}"));
    assertThat(step.timing().firing()).contains(new Firing(Optional.empty(), false));
  }
}
