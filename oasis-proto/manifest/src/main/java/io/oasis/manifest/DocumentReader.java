package io.oasis.manifest;

import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Manifest.Location;
import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Mark;
import io.oasis.phrase.Phrase;
import io.oasis.phrase.Saying;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads one document: its head, and then what its kind says. */
final class DocumentReader {
  static final String API_VERSION = "oasis/v1";

  private static final List<String> KINDS = List.of("App", "Job");
  private static final Fields NO_FIELDS = new Fields(List.of(), Mark.NONE);

  private final SpecReader specs;

  DocumentReader(SpecReader specs) {
    this.specs = specs;
  }

  /**
   * What came of a document.
   *
   * @param place where its name is written, or where it starts
   * @param identity {@code app x} or {@code job x/y}, when its names could be read
   * @param manifest empty when it has mistakes
   */
  record Outcome(Mark place, Optional<String> identity, Optional<Manifest> manifest) {}

  Outcome read(YamlValue document, ProblemSink problems) {
    Mark mark = document.mark();
    Location location = new Location(problems.file(), mark, document);
    if (!(document instanceof Fields mapping)) {
      problems.add(
          mark,
          "",
          Saying.DOCUMENT_KIND.of(Values.kind(document)),
          Saying.BEGIN_WITH.of("apiVersion: " + API_VERSION, "kind: Job"));
      return new Outcome(mark, Optional.empty(), Optional.empty());
    }
    int before = problems.count();
    FieldReader fields = new FieldReader(mapping, "", problems);
    fields.require(
        "apiVersion",
        Values.oneOf(List.of(API_VERSION)),
        Saying.WRITE.of("apiVersion: " + API_VERSION));
    Optional<String> kind =
        fields.require(
            "kind", Values.oneOf(KINDS), Saying.WRITE_EITHER.of("kind: Job", "kind: App"));
    Optional<Fields> metadata =
        fields.require(
            "metadata", Values.mapping("{name: nightly}"), Saying.WRITE.of("metadata: {name: …}"));
    ValueReader<Fields> specReader = Values.mapping("{title: …}");
    boolean job = kind.filter("Job"::equals).isPresent();
    Optional<Fields> spec =
        job
            ? fields.require("spec", specReader, Saying.WRITE_SPEC.of())
            : fields.read("spec", specReader);
    fields.close();
    if (kind.isEmpty() || metadata.isEmpty()) {
      return new Outcome(mark, Optional.empty(), Optional.empty());
    }
    FieldReader head = new FieldReader(metadata.get(), "metadata", problems);
    return job
        ? job(head, spec, location, before)
        : app(head, spec.orElse(NO_FIELDS), location, before);
  }

  private Outcome app(FieldReader head, Fields spec, Location location, int before) {
    Optional<String> name = name(head, "name", Saying.WRITE_APP_NAME.of());
    head.refuse("app", Saying.APP_HAS_NO_APP.of())
        .refuse("title", Saying.TITLE_BELONGS_INTO_SPEC.of());
    head.close();
    AppSpec read = specs.app(new FieldReader(spec, "spec", head.problems()), name.orElse(""));
    return outcome(
        head,
        name.map(n -> "app " + n),
        head.problems().count() == before,
        () -> new AppManifest(name.orElseThrow(), read, location));
  }

  private Outcome job(FieldReader head, Optional<Fields> spec, Location location, int before) {
    Optional<String> app = name(head, "app", Saying.WRITE_APP_OF_JOB.of());
    Optional<String> name = name(head, "name", Saying.WRITE_JOB_NAME.of());
    Map<String, String> labels = head.read("labels", SpecReader.labels(), Map.of());
    Predecessor predecessor =
        new Predecessor(head.read("uid", Values.id()), head.read("renamedFrom", Values.slug()));
    head.refuse("title", Saying.TITLE_BELONGS_INTO_SPEC.of());
    head.close();
    Optional<JobSpec> read =
        spec.map(s -> specs.job(new FieldReader(s, "spec", head.problems()), name.orElse("")));
    Optional<JobKey> key = app.flatMap(a -> name.map(n -> new JobKey(a, n)));
    return outcome(
        head,
        key.map(k -> "job " + k),
        head.problems().count() == before,
        () ->
            new JobManifest(key.orElseThrow(), labels, read.orElseThrow(), location, predecessor));
  }

  private static Outcome outcome(
      FieldReader head, Optional<String> identity, boolean right, Supplier<Manifest> manifest) {
    Mark place = head.value("name").map(YamlValue::mark).orElse(head.mapping().mark());
    return new Outcome(place, identity, right ? Optional.of(manifest.get()) : Optional.empty());
  }

  private static Optional<String> name(FieldReader head, String field, Phrase advice) {
    return head.require(field, Values.slug(), advice);
  }
}
