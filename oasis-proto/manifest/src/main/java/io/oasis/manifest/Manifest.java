package io.oasis.manifest;

import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Mark;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One document of a manifest file. */
public sealed interface Manifest {

  /** Where the document starts. */
  Location location();

  /** {@code app billing} or {@code job billing/nightly}: for messages. */
  String describe();

  /** An App document. */
  record AppManifest(String name, AppSpec spec, Location location) implements Manifest {
    @Override
    public String describe() {
      return "app " + name;
    }
  }

  /**
   * A Job document.
   *
   * @param labels free labels, sorted by key
   * @param predecessor which job this was under another name
   */
  record JobManifest(
      JobKey key,
      Map<String, String> labels,
      JobSpec spec,
      Location location,
      Predecessor predecessor)
      implements Manifest {

    /** A job that says nothing of an earlier name. */
    public JobManifest(JobKey key, Map<String, String> labels, JobSpec spec, Location location) {
      this(key, labels, spec, location, Predecessor.NONE);
    }

    @Override
    public String describe() {
      return "job " + key;
    }
  }

  /**
   * A place in a file. Two places are equal when they are the same line and column of one file.
   * Such a place may know the document that starts there, and then where its fields are written.
   */
  final class Location {
    private final String file;
    private final int line;
    private final int column;
    private final YamlValue document;

    /**
     * A place of which no more is known.
     *
     * @param file as the user named it; {@code -} for standard input
     * @param line 1-based; 0 when there is no text to point at
     * @param column 1-based; 0 likewise
     */
    public Location(String file, int line, int column) {
      this(file, new Mark(line, column), new Fields(List.of(), Mark.NONE));
    }

    /** Where a document starts that was read from a file. */
    Location(String file, Mark mark, YamlValue document) {
      this.file = mark.file().isEmpty() ? file : mark.file();
      this.line = mark.line();
      this.column = mark.column();
      this.document = document;
    }

    /** As the user named it; {@code -} for standard input. */
    public String file() {
      return file;
    }

    /** 1-based; 0 when there is no text to point at. */
    public int line() {
      return line;
    }

    /** 1-based; 0 when there is no text to point at. */
    public int column() {
      return column;
    }

    /**
     * Where the document writes a field, or the innermost part of it that is written; this place
     * itself when nothing of it is, or when the document is not known.
     *
     * @param path such as {@code spec.schedule.cron} or {@code spec.alarm.mail[0]}
     */
    public Location at(String path) {
      Mark found = FieldPath.innermost(document, path).mark();
      return found.line() == 0 || path.isEmpty() ? this : new Location(file, found, document);
    }

    /** Whether the document writes the field, with whatever value. */
    public boolean writes(String path) {
      return FieldPath.find(document, path).isPresent();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Location place
          && file.equals(place.file)
          && line == place.line
          && column == place.column;
    }

    @Override
    public int hashCode() {
      return Objects.hash(file, line, column);
    }

    /** {@code file:line:column}. */
    @Override
    public String toString() {
      return line == 0 ? file : file + ":" + line + ":" + column;
    }
  }
}
