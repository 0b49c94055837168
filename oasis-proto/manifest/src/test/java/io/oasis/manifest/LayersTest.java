package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.layer.EnvFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final String BASE =
      """
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: billing, name: nightly, labels: {team: payments}}
      spec:
        schedule: {cron: "0 2 * * *", timeZone: Asia/Shanghai}
        handler: settle
        params: {region: cn-east, mode: full}
        retry: {max: 3, backoff: 10s}
        timeout: 10m
        alarm: {on: [failure, timeout], mail: [owner]}
      """;

  private static LayeredManifests read(
      Map<String, String> variables, String base, String... overlays) {
    List<List<SourceFile>> sets =
        java.util.stream.IntStream.range(0, overlays.length)
            .mapToObj(i -> List.of(Read.file("o" + i + ".yaml", overlays[i])))
            .toList();
    return new ManifestReader()
        .read(List.of(Read.file("a.yaml", base)), new Layers(Optional.ofNullable(variables), sets));
  }

  private static List<String> problems(LayeredManifests read) {
    return read.result().problems().stream().map(Problem::toString).toList();
  }

  private static JobManifest job(LayeredManifests read) {
    assertThat(problems(read)).isEmpty();
    return (JobManifest) read.result().manifests().get(0);
  }

  private static String patch(String... specLines) {
    return "apiVersion: oasis/v1\nkind: Job\nmetadata: {app: billing, name: nightly}\nspec:\n  "
        + String.join("\n  ", specLines)
        + "\n";
  }

  @Test
  @DisplayName("without variables ${NAME} is text like any other")
  void nothingUnasked() {
    JobManifest job = job(read(null, BASE.replace("cn-east", "\"${REGION} $${X}\"")));

    assertThat(job.spec().params()).containsEntry("region", "${REGION} $${X}");
  }

  @Test
  @DisplayName("variables are put into scalars, also as numbers, and $${ is the text ${")
  void variables() {
    String text =
        BASE.replace("cn-east", "\"x-${REGION}-$${REGION}\"")
            .replace("max: 3", "max: \"${MAX}\"")
            .replace("full", "\"${EMPTY}\"");

    JobManifest job = job(read(Map.of("REGION", "eu", "MAX", "7", "EMPTY", ""), text));

    assertThat(job.spec().params())
        .containsEntry("region", "x-eu-${REGION}")
        .containsEntry("mode", "");
    assertThat(job.spec().retry().max()).isEqualTo(7);
  }

  @Test
  @DisplayName("a value with YAML in it stays one text: it never becomes structure")
  void noStructure() {
    String evil = "x\n  handler: other\n} # [*a, &b, !c";

    JobManifest job = job(read(Map.of("V", evil), BASE.replace("cn-east", "'${V}'")));

    assertThat(job.spec().params()).containsEntry("region", evil);
    assertThat(job.spec().handler()).isEqualTo("settle");
  }

  @Test
  @DisplayName("an undefined variable is an error at its own column, with a suggestion")
  void undefinedVariable() {
    String text =
        BASE.replace("cn-east", "\"${REGION}/${REGOIN}\"")
            .replace("timeout: 10m", "timeout: ${LIMIT}")
            .replace("full", "'${'");

    assertThat(problems(read(Map.of("REGION", "eu"), text)))
        .containsExactly(
            "a.yaml:7:31  spec.params.region  the variable REGOIN is not defined; did you mean"
                + " `${REGION}`? else define it with --set REGOIN=… or in an --env-file",
            "a.yaml:7:50  spec.params.mode  `${` is not followed by a name and `}`; write ${NAME},"
                + " or $${ for the text ${",
            "a.yaml:9:12  spec.timeout  the variable LIMIT is not defined; define it with --set"
                + " LIMIT=… or in an --env-file, or write $${LIMIT} for the text");
  }

  @Test
  @DisplayName("a use inside { } that is not quoted is told to be")
  void unquotedUse() {
    assertThat(problems(read(Map.of("V", "x"), BASE.replace("cn-east", "${V}"))))
        .containsExactly(
            "a.yaml:7:11  what begins here with { is not closed properly; put quotes around a value"
                + " with ${ in it");
  }

  @Test
  @DisplayName("variables cannot multiply without bound through aliases")
  void variableBomb() {
    String aliases = "*v, ".repeat(9_000);
    String text = "a: &v ${V}\nb: [" + aliases + "*v]\n";

    assertThat(problems(read(Map.of("V", "x".repeat(10_000)), text)))
        .anyMatch(line -> line.contains("the variables put in more than 8 MB of text"));
  }

  @Test
  @DisplayName("an overlay merges mappings, replaces lists and scalars, and removes with null")
  void overlay() {
    String over =
        patch(
            "schedule: {timeZone: Europe/Berlin}",
            "params: {mode: null, extra: 1}",
            "timeout: 1h",
            "alarm: {on: [lost]}",
            "retry: null");

    JobManifest job = job(read(null, BASE, over, patch("timeout: {run: 2h}")));

    assertThat(job.spec().schedule().toString()).contains("0 2 * * *").contains("Europe/Berlin");
    assertThat(job.spec().params()).isEqualTo(Map.of("region", "cn-east", "extra", "1"));
    assertThat(job.spec().timeouts().run()).contains(java.time.Duration.ofHours(2));
    assertThat(job.spec().alarm().on()).containsExactly(Alarm.Event.LOST);
    assertThat(job.spec().alarm().mail()).containsExactly("owner");
    assertThat(job.spec().retry()).isEqualTo(Retry.DEFAULT);
    assertThat(job.location()).isEqualTo(new Manifest.Location("a.yaml", 1, 1));
    assertThat(job.location().at("spec.timeout.run").toString()).isEqualTo("o1.yaml:5:18");
    assertThat(job.location().at("spec.handler").toString()).isEqualTo("a.yaml:6:12");
  }

  @Test
  @DisplayName("a patch of what is not there is an error with a suggestion, and so is a double one")
  void overlayMistakes() {
    String unknown = patch("timeout: 1m").replace("nightly", "nigthly");
    String anonymous = "kind: Job\nspec: {timeout: 1m}\n";
    String twice = patch("timeout: 1m") + "---\n" + patch("timeout: 2m");
    String nothing = patch("misfire: null", "tiemout: null", "retry: {cap: null}");
    String wrong = patch("timeout: soon", "rountng: random");

    assertThat(problems(read(null, BASE, unknown)))
        .containsExactly(
            "o0.yaml:3:32  metadata.name  there is no job billing/nigthly to patch; did you mean"
                + " job billing/nightly?");
    assertThat(problems(read(null, BASE, anonymous)))
        .containsExactly(
            "o0.yaml:1:1  an overlay's document must say which object it patches; write kind,"
                + " metadata.name and, for a Job, metadata.app");
    assertThat(problems(read(null, BASE, twice)))
        .containsExactly(
            "o0.yaml:9:32  metadata.name  job billing/nightly is patched twice in one overlay,"
                + " first at o0.yaml:3:32; put both patches into one document, or into two"
                + " overlays");
    assertThat(problems(read(null, BASE, nothing)))
        .containsExactly(
            "o0.yaml:5:3  spec.misfire  there is no `misfire` to remove; leave it out of the"
                + " overlay",
            "o0.yaml:6:3  spec.tiemout  there is no `tiemout` to remove; did you mean `timeout`?",
            "o0.yaml:7:11  spec.retry.cap  there is no `cap` to remove; leave it out of the"
                + " overlay");
    assertThat(problems(read(null, BASE, wrong)))
        .containsExactly(
            "o0.yaml:5:12  spec.timeout  `soon` is not a duration; write for example 500ms, 30s,"
                + " 10m, 2h, 1d or 1h30m",
            "o0.yaml:6:3  spec.rountng  unknown field `rountng`; did you mean `routing`?");
  }

  @Test
  @DisplayName(
      "what is sent reads back as the same, and a problem in it is shown in the user's file")
  void whatIsSent() {
    String text =
        BASE
            + "---\n"
            + BASE.replace("nightly", "hourly")
                .replace("cn-east", "\"a: b\\n'#${R}\"")
                .replace("full", "\"null\"");
    LayeredManifests layered = read(Map.of("R", "\\\"x\u2028"), text, patch("timeout: 3h"));

    ReadResult again = new ManifestReader().read(layered.files());

    assertThat(layered.files()).hasSize(1);
    assertThat(again.problems()).isEmpty();
    assertThat(again.manifests().stream().map(m -> ((JobManifest) m).spec()).toList())
        .isEqualTo(
            layered.result().manifests().stream().map(m -> ((JobManifest) m).spec()).toList());
    assertThat(place(layered, again, 0, "spec.timeout")).isEqualTo("o0.yaml:5:12");
    assertThat(place(layered, again, 1, "spec.timeout")).isEqualTo("a.yaml:20:12");
    assertThat(place(layered, again, 1, "spec.misfire.window")).isEqualTo("a.yaml:16:3");
  }

  private static String place(LayeredManifests sent, ReadResult there, int document, String path) {
    Problem found = Problem.at(there.manifests().get(document).location(), path, "no", null);
    Problem here = sent.locate(found);
    return here.file() + ":" + here.line() + ":" + here.column();
  }

  @Test
  @DisplayName("files without layers are sent as they are, and a server's problem keeps its column")
  void untouched() {
    LayeredManifests plain = read(null, "# note\n" + BASE);

    String text = new String(plain.files().get(0).content(), StandardCharsets.UTF_8);

    assertThat(text).isEqualTo("# note\n" + BASE);
    assertThat(plain.locate(new Problem("a.yaml", 2, 1, "metadata.app", "no", Optional.empty())))
        .isEqualTo(new Problem("a.yaml", 4, 17, "metadata.app", "no", Optional.empty()));
    assertThat(plain.locate(new Problem("a.yaml", 7, 3, "spec.x", "no", Optional.empty())).line())
        .isEqualTo(7);
  }

  @Test
  @DisplayName("merge keys take the fields of one mapping or several; what is written stands")
  void mergeKeys() {
    String text =
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: billing, name: nightly}
        spec:
          schedule: none
          handler: settle
          retry: &usual {max: 3, backoff: 5s}
          params: {<<: [{a: 1, b: 2}, {b: 3, c: 4}], a: 9, "x": y}
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: billing, name: hourly}
        spec:
          schedule: none
          handler: &h settle
          retry:
            <<: {max: 3, backoff: 5s}
            max: 1
        """;

    List<Manifest> manifests = Read.manifests(text);

    JobSpec first = ((JobManifest) manifests.get(0)).spec();
    JobSpec second = ((JobManifest) manifests.get(1)).spec();
    assertThat(first.params()).isEqualTo(Map.of("a", "9", "b", "2", "c", "4", "x", "y"));
    assertThat(second.retry().max()).isEqualTo(1);
    assertThat(second.retry().backoff()).isEqualTo(java.time.Duration.ofSeconds(5));
    assertThat(Read.problems("a: {<<: x}"))
        .containsExactly(
            ":1:9  a.<<  `<<` merges a mapping or a list of mappings; write for example"
                + " <<: *defaults");
  }

  @Test
  @DisplayName(
      "a file of variables knows comments, quotes and export, and tells what it cannot read")
  void envFile() {
    EnvFile read =
        EnvFile.read(
            "# c\n\nA=1\nexport B = 'x # y'\r\nC=\"q\"\n  2D=x\nE=\"open\nF=\nG=$A\n"
                .getBytes(StandardCharsets.UTF_8));

    assertThat(read.values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("A", "1", "B", "x # y", "C", "q", "F", "", "G", "$A"));
    assertThat(
            read.errors().stream()
                .map(e -> e.mark().line() + ":" + e.mark().column() + " " + e.message()))
        .containsExactly("6:3 this is not NAME=value", "7:1 a quote is opened and not closed");
  }
}
