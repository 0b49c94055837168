package io.oasis.manifest;

/**
 * Names one job: unique across the platform.
 *
 * @param app slug of the app
 * @param name slug of the job within the app
 */
public record JobKey(String app, String name) implements Comparable<JobKey> {

  @Override
  public int compareTo(JobKey other) {
    int byApp = app.compareTo(other.app);
    return byApp != 0 ? byApp : name.compareTo(other.name);
  }

  /** {@code app/name}. */
  @Override
  public String toString() {
    return app + "/" + name;
  }
}
