package io.oasis.manifest;

import io.oasis.manifest.Manifest.Location;
import io.oasis.manifest.yaml.YamlLine;
import io.oasis.manifest.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was read, and what to send to a server, which reads it again.
 *
 * @param result manifests and problems, at their places in the user's files
 * @param files the files as they were, or, where layers lie over them, with one document a line
 * @param places by name of a file of {@code files}: where the documents that start on its lines
 *     come from
 * @param usedVariables the names of the variables that values of the files use
 */
public record LayeredManifests(
    ReadResult result,
    List<SourceFile> files,
    Map<String, TreeMap<Integer, Location>> places,
    Set<String> usedVariables) {
  private static final int MOST_TEXT = ManifestReader.MAX_FILE_BYTES;

  /** Files that are sent as they are. */
  static LayeredManifests untouched(ReadResult result, List<SourceFile> files) {
    Map<String, TreeMap<Integer, Location>> places = new HashMap<>();
    for (Manifest manifest : result.manifests()) {
      Location start = manifest.location();
      places.computeIfAbsent(start.file(), f -> new TreeMap<>()).put(start.line(), start);
    }
    return new LayeredManifests(result, List.copyOf(files), places, Set.of());
  }

  /** Files that are sent as what their layers made of them, while there is no problem yet. */
  static LayeredManifests rewritten(ReadResult result, LayeredFiles.Reading read) {
    Set<String> used = read.usedVariables();
    if (!result.problems().isEmpty()) {
      return new LayeredManifests(result, List.of(), Map.of(), used);
    }
    Map<String, TreeMap<Integer, Location>> places = new HashMap<>();
    List<SourceFile> files = new ArrayList<>();
    for (LayeredFiles.ReadFile file : read.files()) {
      if (file.documents().isEmpty()) {
        continue;
      }
      StringBuilder text = new StringBuilder();
      TreeMap<Integer, Location> lines = new TreeMap<>();
      String name = file.source().name();
      for (YamlValue document : file.documents()) {
        lines.put(lines.size() + 1, new Location(name, document.mark(), document));
        YamlLine.append(document, text, MOST_TEXT);
        if (text.length() > MOST_TEXT) {
          return new LayeredManifests(tooLarge(result, name), List.of(), Map.of(), used);
        }
      }
      places.put(name, lines);
      files.add(new SourceFile(name, text.toString().getBytes(StandardCharsets.UTF_8)));
    }
    return new LayeredManifests(result, List.copyOf(files), places, used);
  }

  private static ReadResult tooLarge(ReadResult result, String file) {
    Problem problem =
        new Problem(
            file,
            1,
            1,
            "",
            "with variables, overlays and aliases written out the file is larger than 4 MB",
            Optional.of("split it into several files"));
    return new ReadResult(result.manifests(), List.of(problem));
  }

  /**
   * A problem that somebody found in {@code files}, at its place in the user's files: where the
   * field is written, in the manifest or in the overlay that has the last word.
   */
  public Problem locate(Problem found) {
    TreeMap<Integer, Location> documents = places.get(found.file());
    Map.Entry<Integer, Location> document =
        documents == null ? null : documents.floorEntry(found.line());
    if (document == null) {
      return found;
    }
    Location start = document.getValue();
    boolean untouched = start.line() == document.getKey() && start.file().equals(found.file());
    boolean precise = untouched && (found.line() != start.line() || found.path().isEmpty());
    if (precise) {
      return found;
    }
    return Problem.at(start, found.path(), found.said(), found.advice().orElse(null));
  }
}
