package io.oasis.manifest;

import java.util.Map;

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
   * A place in a file.
   *
   * @param file as the user named it; {@code -} for standard input
   * @param line 1-based
   * @param column 1-based
   */
  record Location(String file, int line, int column) {}
}
