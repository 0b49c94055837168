package io.oasis.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.schema.ManifestSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class SchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DOCS = Path.of("..", "..", "docs");
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final JsonSchemaFactory DRAFT =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final JsonSchema SCHEMA = DRAFT.getSchema(ManifestSchema.text());

  /** What the schema says of each document of a text. */
  private static List<String> schemaErrors(String yaml) {
    List<String> errors = new ArrayList<>();
    for (Object document :
        new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
            .loadAllFromString(yaml)) {
      JsonNode node = JSON.valueToTree(document);
      SCHEMA.validate(node).forEach(error -> errors.add(error.toString()));
    }
    return errors;
  }

  @Test
  @DisplayName("the schema is a valid schema of draft 2020-12")
  void isASchema() throws IOException {
    JsonSchema meta =
        DRAFT.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(meta.validate(JSON.readTree(ManifestSchema.text()))).isEmpty();
  }

  @Test
  @DisplayName("docs/manifest.schema.json is the schema; -Doasis.golden=write writes it anew")
  void committed() throws IOException {
    Path file = DOCS.resolve("manifest.schema.json");
    if ("write".equals(System.getProperty("oasis.golden"))) {
      Files.writeString(file, ManifestSchema.text());
    }

    assertThat(ManifestSchema.text()).isEqualTo(Files.readString(file));
  }

  @Test
  @DisplayName("every field has a title, a description and an example")
  void documented() throws IOException {
    List<String> bare = new ArrayList<>();
    collectBare("", JSON.readTree(ManifestSchema.text()), bare);

    assertThat(bare).isEmpty();
  }

  private static void collectBare(String path, JsonNode schema, List<String> bare) {
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              JsonNode node = field.getValue();
              boolean said =
                  node.has("title")
                      && node.has("description")
                      && (node.has("examples") || node.has("properties"));
              boolean elsewhere =
                  node.isEmpty()
                      || node.isBoolean()
                      || path.contains("/if")
                      || path.contains("/else");
              if (!said && !elsewhere) {
                bare.add(path + "." + field.getKey());
              }
              collectBare(path + "." + field.getKey(), node, bare);
            });
    for (String word : List.of("anyOf", "allOf")) {
      schema.path(word).forEach(form -> collectBare(path, form, bare));
    }
    schema.path("$defs").forEach(kind -> collectBare(path, kind, bare));
  }

  @Test
  @DisplayName("all examples of the docs fit the schema")
  void examples() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> list = Files.list(DOCS.resolve("examples"))) {
      for (Path file : list.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        texts.add(Files.readString(file));
      }
    }
    BLOCK
        .matcher(Files.readString(DOCS.resolve("manifest.md")))
        .results()
        .map(match -> match.group(1))
        .forEach(
            block ->
                texts.add(
                    block.startsWith("apiVersion") ? block : Read.job(block.strip().split("\n"))));

    assertThat(texts).hasSizeGreaterThan(15);
    assertThat(texts).allSatisfy(text -> assertThat(schemaErrors(text)).as(text).isEmpty());
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  @Domain(Specs.class)
  @Label("every spec that the reader can read fits the schema, as it is written out")
  void everySpec(@ForAll JobSpec spec) {
    JobManifest job =
        new JobManifest(
            new JobKey("billing", "nightly"),
            Map.of("a", "b"),
            spec,
            new Manifest.Location("", 0, 0));

    assertThat(SCHEMA.validate(JSON.valueToTree(SpecForm.toMap(job)))).isEmpty();
  }

  /**
   * The structural reasons for which both say no: an unknown field, a field that is missing, a
   * wrong type, no value, an unknown word, a number out of range, a text too long, a name that is
   * none, a duration without a unit, too many entries, fields that do not go together.
   */
  @ParameterizedTest(name = "reader and schema both refuse {0}")
  @ValueSource(
      strings = {
        "rountng: random",
        "cron: '@daily'",
        "schedule: {cron: '@daily', timezone: UTC}",
        "schedule: {}",
        "schedule: {cron: '@daily', fixedRate: 1m}",
        "schedule: {fixedRate: 1m, timeZone: UTC}",
        "schedule: {fixedDelay: 1m, jitter: 5s}",
        "schedule: {at: 2026-12-01, gap: skip}",
        "schedule: daily",
        "schedule: [none]",
        "schedule: null",
        "schedule: {fixedRate: 60}",
        "schedule: {fixedRate: soon}",
        "schedule: {cron: '@daily', gap: jump}",
        "schedule: {at: tomorrow}",
        "title: [a]",
        "title: ' '",
        "title: {a: b}",
        "misfire: newest",
        "misfire: {policy: last, max: 3}",
        "misfire: {policy: all, max: 0}",
        "misfire: {windw: 1h}",
        "params: [a]",
        "params: {a: [b]}",
        "params: {a: null}",
        "params: {'a b': c}",
        "params: {a: {secret: b}}",
        "params: {a: {secretRef: Db_Password}}",
        "routing: fastest",
        "routing: {strategy: random, success: all}",
        "routing: {strategy: broadcast, success: most}",
        "routing: {strategy: broadcast, success: {percent: 101}}",
        "routing: {strategy: broadcast, success: {min: 1, percent: 2}}",
        "routing: {strategy: random, memberLost: fail}",
        "routing: {strategy: failover, noNodes: skip}",
        "routing: {strategy: broadcast, noNodes: succeed}",
        "routing: {selector: [a]}",
        "blocking: paralel",
        "blocking: {max: 3}",
        "blocking: {strategy: serial, max: 3}",
        "blocking: {strategy: discard, overflow: queue}",
        "blocking: {strategy: parallel, max: 1001}",
        "retry: three",
        "retry: -1",
        "retry: 101",
        "retry: 1.5",
        "retry: '3'",
        "retry: {backoff: 1s}",
        "retry: {max: 1, factor: 0.5}",
        "retry: {max: 1, jitter: 2}",
        "retry: {max: 1, onLost: maybe}",
        "timeout: 10",
        "timeout: ten minutes",
        "timeout: {running: 1m}",
        "timeout: [1m]",
        "owner: Li",
        "owner: {mail: li@example.com}",
        "owner: {email: li}",
        "alarm: [failure]",
        "alarm: {on: failure}",
        "alarm: {on: [failed]}",
        "alarm: {mail: [li]}",
        "alarm: {language: fr}",
        "enabled: 'true'",
        "enabled: maybe"
      })
  void bothRefuse(String line) {
    String text = Read.job(line);

    assertThat(Read.text(text).problems()).isNotEmpty();
    assertThat(schemaErrors(text)).isNotEmpty();
  }

  @Test
  @DisplayName("reader and schema refuse the same wrong heads and lengths")
  void heads() {
    String job = Read.job();
    List<String> wrong =
        List.of(
            "[]",
            "text",
            job.replace("oasis/v1", "oasis/v2"),
            job.replace("apiVersion: oasis/v1\n", ""),
            job.replace("kind: Job\n", ""),
            job.replace("kind: Job", "kind: Jobs"),
            job.replace("name: nightly", "name: Nightly_Job"),
            job.replace("name: nightly", "name: " + "a".repeat(64)),
            job.replace(", name: nightly", ""),
            job.replace("app: billing, ", ""),
            job.replace("name: nightly", "name: nightly, title: x"),
            job.replace("name: nightly", "name: nightly, labels: {a: " + "x".repeat(201) + "}"),
            job.replace("name: nightly", "name: nightly, uid: 0"),
            job.replace("  handler: settle\n", ""),
            job.replace("handler: settle", "handler: " + "x".repeat(201)),
            job.substring(0, job.indexOf("spec:")),
            job + "status: {}\n",
            "{apiVersion: oasis/v1, kind: App, metadata: {name: a, app: b}}",
            "{apiVersion: oasis/v1, kind: App, metadata: {name: a}, spec: {handler: x}}");

    assertThat(Read.text(job).problems()).isEmpty();
    assertThat(schemaErrors(job)).isEmpty();
    assertThat(wrong)
        .allSatisfy(
            text -> {
              assertThat(Read.text(text).problems()).as(text).isNotEmpty();
              assertThat(schemaErrors(text)).as(text).isNotEmpty();
            });
  }

  @ParameterizedTest(name = "reader and schema both take {0}")
  @ValueSource(
      strings = {
        "title: 2026",
        "title: true",
        "params: {a: 007, b: true, c: 1.5, d: '', on: x}",
        "params: {a: {secretRef: db-password}}",
        "schedule: {fixedRate: PT10M}",
        "schedule: {fixedRate: ' 1h30m '}",
        "schedule: {at: 2026-12-01 09:00, timeZone: Asia/Shanghai}",
        "schedule: {cron: '@daily', start: 2026-12-01}",
        "retry: {max: 3, factor: 2}",
        "retry: 0",
        "misfire: {policy: all, max: 3}",
        "timeout: {}",
        "owner: {}",
        "alarm: {repeat: never}",
        "enabled: False"
      })
  void bothTake(String line) {
    String text = Read.job(line);

    assertThat(Read.problems(text)).isEmpty();
    assertThat(schemaErrors(text)).isEmpty();
  }

  @Test
  @DisplayName("the schema has exactly the fields that the reader knows, in each mapping")
  void sameFields() throws IOException {
    JsonNode defs = JSON.readTree(ManifestSchema.text()).path("$defs");
    JsonNode spec = defs.path("Job").path("properties").path("spec").path("properties");
    String wrong = "{qqqqqqqq: 1}";

    assertThat(known(Read.job("qqqqqqqq: 1"))).isEqualTo(names(spec));
    assertThat(known(Read.job().replace("name: nightly", "name: nightly, qqqqqqqq: 1")))
        .isEqualTo(names(defs.path("Job").path("properties").path("metadata").path("properties")));
    assertThat(known("{apiVersion: oasis/v1, kind: App, metadata: {name: a}, spec: " + wrong + "}"))
        .isEqualTo(names(defs.path("App").path("properties").path("spec").path("properties")));
    List<String> kinds =
        List.of("cron: '@daily'", "fixedRate: 1m", "fixedDelay: 1m", "at: 2026-12-01");
    for (int i = 0; i < kinds.size(); i++) {
      assertThat(known(Read.job("schedule: {" + kinds.get(i) + ", qqqqqqqq: 1}")))
          .isEqualTo(names(spec.path("schedule").path("anyOf").get(i + 1).path("properties")));
    }
    assertThat(known(Read.job("misfire: {policy: all, qqqqqqqq: 1}")))
        .isEqualTo(full(spec, "misfire"));
    assertThat(known(Read.job("routing: {strategy: broadcast, qqqqqqqq: 1}")))
        .isEqualTo(full(spec, "routing"));
    assertThat(known(Read.job("blocking: {strategy: parallel, qqqqqqqq: 1}")))
        .isEqualTo(full(spec, "blocking"));
    assertThat(known(Read.job("retry: {max: 1, qqqqqqqq: 1}"))).isEqualTo(full(spec, "retry"));
    assertThat(known(Read.job("timeout: " + wrong))).isEqualTo(full(spec, "timeout"));
    assertThat(known(Read.job("alarm: " + wrong)))
        .isEqualTo(names(spec.path("alarm").path("properties")));
    assertThat(known(Read.job("owner: " + wrong)))
        .isEqualTo(names(spec.path("owner").path("properties")));
  }

  private static Set<String> full(JsonNode spec, String field) {
    return names(spec.path(field).path("anyOf").get(1).path("properties"));
  }

  private static Set<String> names(JsonNode properties) {
    Set<String> names = new TreeSet<>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The fields that the reader lists in its hint on an unknown one. */
  private static Set<String> known(String text) {
    String hint =
        Read.text(text).problems().stream()
            .filter(problem -> problem.message().contains("unknown field `qqqqqqqq`"))
            .findFirst()
            .flatMap(Problem::hint)
            .orElseThrow();
    return new TreeSet<>(List.of(hint.replace("use one of ", "").split(", ", -1)));
  }
}
