package io.oasis.manifest;

import io.oasis.manifest.layer.ObjectName;
import io.oasis.manifest.layer.Overlay;
import io.oasis.manifest.layer.Variables;
import io.oasis.manifest.yaml.Suggestion;
import io.oasis.manifest.yaml.YamlDocuments;
import io.oasis.manifest.yaml.YamlText;
import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns files into documents, with their layers applied, before anybody looks at their fields. */
final class LayeredFiles {
  private final Optional<Variables> variables;
  private final List<ReadFile> files = new ArrayList<>();
  private final Map<String, List<Slot>> slots = new HashMap<>();
  private final Set<Mark> settled = new HashSet<>();
  private int left = ManifestReader.MAX_DOCUMENTS;

  private LayeredFiles(Layers layers) {
    this.variables = layers.variables().map(Variables::new);
  }

  /**
   * One file with its documents and what is wrong so far. A file of an overlay has none: they have
   * become parts of others.
   */
  record ReadFile(SourceFile source, List<YamlValue> documents, ProblemSink problems) {}

  /** Where a document stands, so that a patched one can take its place. */
  private record Slot(ReadFile file, int index) {}

  /**
   * All files, those of overlays at the end.
   *
   * @param usedVariables the names of the variables that their values use
   */
  record Reading(List<ReadFile> files, Set<String> usedVariables) {}

  static Reading read(List<SourceFile> sources, Layers layers) {
    LayeredFiles reading = new LayeredFiles(layers);
    for (SourceFile source : sources) {
      ProblemSink problems = new ProblemSink(source.name(), reading.settled);
      reading.files.add(new ReadFile(source, reading.documents(source, problems, ""), problems));
    }
    if (!layers.overlays().isEmpty()) {
      reading.index();
      layers.overlays().forEach(reading::lay);
    }
    return new Reading(reading.files, reading.variables.map(Variables::used).orElse(Set.of()));
  }

  private List<YamlValue> documents(SourceFile source, ProblemSink problems, String nameInMarks) {
    YamlText decoded = YamlText.decode(source.content(), ManifestReader.MAX_FILE_BYTES);
    if (decoded instanceof YamlText.Refused refused) {
      problems.add(refused.error());
      return List.of();
    }
    String text = ((YamlText.Decoded) decoded).text();
    if (text.isBlank()) {
      problems.add(
          Mark.START, "", "the file is empty", "write a document into it, or leave it out");
      return List.of();
    }
    YamlDocuments found = YamlDocuments.read(text, left, ManifestReader.MAX_DOCUMENTS);
    left -= found.documents().size();
    found.errors().forEach(problems::add);
    if (found.documents().isEmpty() && found.errors().isEmpty()) {
      problems.add(
          Mark.START,
          "",
          "the file holds no document, only comments",
          "write a document into it, or leave it out");
    }
    List<YamlValue> documents = new ArrayList<>();
    for (YamlValue document : found.documents()) {
      YamlValue named = nameInMarks.isEmpty() ? document : document.in(nameInMarks);
      documents.add(variables.map(v -> v.replaceIn(named, text, problems::settle)).orElse(named));
    }
    return documents;
  }

  private void index() {
    for (ReadFile file : files) {
      for (int i = 0; i < file.documents().size(); i++) {
        Slot slot = new Slot(file, i);
        ObjectName.of(file.documents().get(i))
            .ifPresent(
                name -> slots.computeIfAbsent(name.describe(), n -> new ArrayList<>()).add(slot));
      }
    }
  }

  /** Lays one set of files over the documents. */
  private void lay(List<SourceFile> overlay) {
    Map<String, Mark> seen = new HashMap<>();
    for (SourceFile source : overlay) {
      ProblemSink problems = new ProblemSink(source.name(), settled);
      for (YamlValue patch : documents(source, problems, source.name())) {
        Optional<ObjectName> name = ObjectName.of(patch);
        if (name.isEmpty()) {
          problems.add(
              patch.mark(),
              "",
              "an overlay's document must say which object it patches",
              "write kind, metadata.name and, for a Job, metadata.app");
        } else {
          patch(name.get(), (Fields) patch, seen, problems);
        }
      }
      files.add(new ReadFile(source, List.of(), problems));
    }
  }

  private void patch(ObjectName name, Fields patch, Map<String, Mark> seen, ProblemSink problems) {
    Mark first = seen.putIfAbsent(name.describe(), name.mark());
    if (first != null) {
      problems.add(
          name.mark(),
          "metadata.name",
          name.describe()
              + " is patched twice in one overlay, first at "
              + new Manifest.Location(problems.file(), first, patch),
          "put both patches into one document, or into two overlays");
      return;
    }
    List<Slot> targets = slots.get(name.describe());
    if (targets == null) {
      problems.add(
          name.mark(), "metadata.name", "there is no " + name.describe() + " to patch", near(name));
      return;
    }
    for (Slot target : targets) {
      List<YamlValue> documents = target.file().documents();
      Fields base = (Fields) documents.get(target.index());
      documents.set(target.index(), Overlay.patched(base, patch, problems::add));
    }
  }

  private String near(ObjectName name) {
    return Suggestion.closest(name.describe(), slots.keySet())
        .map(other -> "did you mean " + other + "?")
        .orElse("patch an object of the files themselves, or add it to them");
  }
}
