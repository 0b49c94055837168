package io.oasis.manifest;

import io.oasis.manifest.Manifest.Location;
import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Mark;
import io.oasis.phrase.Saying;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads manifest files. Every mistake of every file is reported at once, each with its file, line,
 * column and path; nothing is thrown for bad input. Instances are immutable and may be shared.
 */
public final class ManifestReader {
  /** A larger file is refused without being looked at. */
  public static final int MAX_FILE_BYTES = 4 * 1024 * 1024;

  /** How many documents one call reads, over all files. */
  public static final int MAX_DOCUMENTS = 20_000;

  private static final YamlValue NOTHING = YamlValue.of(Map.of());

  private final DocumentReader documents;

  /** A reader whose cron schedules without {@code timeZone} are in UTC. */
  public ManifestReader() {
    this(ZoneId.of("UTC"));
  }

  /**
   * A reader with a time zone for schedules that name none.
   *
   * @param defaultZone used for cron fields and for local dates and times
   */
  public ManifestReader(ZoneId defaultZone) {
    ZoneId zone = defaultZone.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : defaultZone;
    this.documents = new DocumentReader(new SpecReader(zone));
  }

  /** Reads files; an empty list gives an empty result. */
  public ReadResult read(List<SourceFile> files) {
    return read(files, Layers.NONE).result();
  }

  /**
   * Reads files with layers over them.
   *
   * @param layers variables that are put in first, overlays that patch what comes of that
   */
  public LayeredManifests read(List<SourceFile> files, Layers layers) {
    List<Manifest> manifests = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Map<String, Location> defined = new HashMap<>();
    LayeredFiles.Reading read = LayeredFiles.read(files, layers);
    for (LayeredFiles.ReadFile file : read.files()) {
      for (YamlValue document : file.documents()) {
        DocumentReader.Outcome outcome = documents.read(document, file.problems());
        outcome
            .identity()
            .ifPresent(name -> claim(name, outcome.place(), defined, file.problems()));
        outcome.manifest().ifPresent(manifests::add);
      }
      problems.addAll(file.problems().sorted());
    }
    ReadResult result = new ReadResult(List.copyOf(manifests), List.copyOf(problems));
    return layers.isEmpty()
        ? LayeredManifests.untouched(result, files)
        : LayeredManifests.rewritten(result, read);
  }

  private static void claim(
      String name, Mark here, Map<String, Location> places, ProblemSink sink) {
    Location first = places.putIfAbsent(name, new Location(sink.file(), here, NOTHING));
    if (first != null) {
      sink.add(
          here,
          "metadata.name",
          Saying.DEFINED_TWICE.of(name, first),
          Saying.REMOVE_OR_RENAME.of());
    }
  }
}
