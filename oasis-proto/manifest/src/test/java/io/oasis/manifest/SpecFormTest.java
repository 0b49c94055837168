package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Manifest.Location;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpecFormTest {
  private static final Location NOWHERE = new Location("", 0, 0);

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  @Domain(Specs.class)
  @Label("GO9: every spec reads back from its normal form, and from its YAML text")
  void roundTrip(@ForAll JobSpec spec) {
    Map<String, Object> form = SpecForm.toMap(spec);
    JobManifest manifest =
        new JobManifest(new JobKey("billing", "nightly"), Map.of("a", "b: c"), spec, NOWHERE);
    String yaml = SpecForm.toYaml(manifest);
    ReadResult read = Read.text(yaml);

    assertThat(SpecForm.fromMap(form)).isEqualTo(spec);
    assertThat(SpecForm.toMap(SpecForm.fromMap(form))).isEqualTo(form);
    assertThat(read.problems()).as(yaml).isEmpty();
    JobManifest again = (JobManifest) read.manifests().get(0);
    assertThat(again.spec()).as(yaml).isEqualTo(spec);
    assertThat(again.labels()).isEqualTo(manifest.labels());
    assertThat(again.key()).isEqualTo(manifest.key());
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  @Domain(Specs.class)
  @Label("GO9: two specs differ in some field if and only if they are not equal")
  void diffIsEquality(@ForAll JobSpec one, @ForAll JobSpec other) {
    assertThat(SpecForm.diff(one, one)).isEmpty();
    assertThat(SpecForm.diff(one, other).isEmpty()).isEqualTo(one.equals(other));
  }

  @Test
  @DisplayName("GO9: defaults are left out and every duration has one spelling")
  void normalForm() {
    JobSpec spec =
        Read.spec(
            "enabled: true",
            "blocking: serial",
            "timeout: 3600s",
            "retry: {max: 3, factor: 2.0, backoff: 90s}",
            "schedule: {cron: '0  2 * * *', gap: shift}",
            "params: {b: 007, a: x}");

    assertThat(SpecForm.toMap(spec).toString())
        .isEqualTo(
            "{title=nightly, schedule={cron=0 2 * * *, timeZone=UTC}, handler=settle, params={a=x,"
                + " b=007}, retry={max=3, backoff=1m30s}, timeout={run=1h}}");
  }

  @Test
  void theDifferenceNamesFieldsWithTheirTexts() {
    JobSpec before =
        Read.spec(
            "schedule: {cron: '0 2 * * *', timeZone: Asia/Shanghai}",
            "params: {region: cn-east, old: x}",
            "retry: 3",
            "alarm: {on: [failure], mail: [owner]}");
    JobSpec after =
        Read.spec(
            "schedule: {cron: '0 1 * * *', timeZone: Asia/Shanghai}",
            "params: {region: cn-west, new: y}",
            "alarm: {on: [failure, lost], mail: [owner]}",
            "enabled: false");

    assertThat(SpecForm.diff(before, after))
        .containsExactly(
            new FieldChange("schedule.cron", "0 2 * * *", "0 1 * * *"),
            new FieldChange("params.old", "x", null),
            new FieldChange("params.region", "cn-east", "cn-west"),
            new FieldChange("retry.max", "3", null),
            new FieldChange("alarm.on", "failure", "failure, lost"),
            new FieldChange("params.new", null, "y"),
            new FieldChange("enabled", null, "false"));
    assertThat(SpecForm.diff(Read.spec(), Read.spec("schedule: {fixedRate: 1m}")))
        .containsExactly(
            new FieldChange("schedule", "none", null),
            new FieldChange("schedule.fixedRate", null, "1m"));
  }

  @Test
  void aDocumentIsWrittenAsAUserWouldWriteIt() {
    String text =
        """
        apiVersion: oasis/v1
        kind: Job
        metadata:
          app: billing
          name: nightly-settlement
          labels:
            team: payments
        spec:
          title: 每日清算
          schedule:
            cron: "0 30 2 * * ?"
            timeZone: Asia/Shanghai
          handler: settle
          params:
            code: "007"
            script: |
              set -e

              echo "done: 1"
          retry:
            max: 3
            backoff: 30s
          alarm:
            on:
              - failure
              - lost
            mail:
              - li@example.com
              - owner
        """;

    assertThat(SpecForm.toYaml(Read.manifests(text).get(0))).isEqualTo(text);
  }

  @Test
  void appsHaveANormalFormToo() {
    AppSpec spec = new AppSpec("Billing: the app", new Owner("Payments", "p@example.com"));

    Manifest again = Read.manifests(SpecForm.toYaml(new AppManifest("b", spec, NOWHERE))).get(0);

    assertThat(((AppManifest) again).spec()).isEqualTo(spec);
    assertThat(SpecForm.appFromMap(SpecForm.toMap(spec))).isEqualTo(spec);
  }

  @Test
  void numbersMayComeBackFromJsonInOtherTypes() {
    Map<String, Object> form =
        Map.of(
            "title", "t",
            "handler", "h",
            "schedule", "none",
            "retry", Map.of("max", 3L, "factor", new java.math.BigDecimal("2.50"), "jitter", 0.0));

    assertThat(SpecForm.fromMap(form).retry())
        .isEqualTo(new Retry(3, Retry.DEFAULT.backoff(), 2.5, Retry.DEFAULT.cap(), 0, true, true));
  }

  @Test
  void aMapThatIsNoFormIsRefusedByField() {
    assertThatThrownBy(
            () -> SpecForm.fromMap(Map.of("title", "t", "schedule", "none", "handlr", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("handler");
  }

  @Test
  void labelsCountInTheDifferenceOfDocuments() {
    JobManifest one =
        new JobManifest(new JobKey("a", "b"), Map.of("team", "x"), Read.spec(), NOWHERE);
    JobManifest other =
        new JobManifest(new JobKey("a", "b"), Map.of("team", "y"), Read.spec(), NOWHERE);

    assertThat(SpecForm.diff(SpecForm.toMap(one), SpecForm.toMap(other)))
        .isEqualTo(List.of(new FieldChange("metadata.labels.team", "x", "y")));
  }
}
