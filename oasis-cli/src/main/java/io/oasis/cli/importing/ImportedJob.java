package io.oasis.cli.importing;

import io.oasis.cli.importing.fires.SourceSchedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job of another scheduler in the words of a manifest.
 *
 * @param origin where it was read, for example {@code crontab:5}
 * @param app the app that it goes to
 * @param name its name within the app
 * @param labels its labels
 * @param spec as a manifest writes it
 * @param fires when it fires by the source's own rules; empty when it has no times
 * @param notes what became of its features
 * @param script a script that the job runs and that has to be brought to the worker
 */
public record ImportedJob(
    String origin,
    String app,
    String name,
    Map<String, String> labels,
    Map<String, Object> spec,
    Optional<SourceSchedule> fires,
    List<Note> notes,
    Optional<Script> script) {

  /**
   * A script.
   *
   * @param file its name
   * @param text what is in it
   */
  public record Script(String file, String text) {}

  /** {@code app/name}. */
  public String key() {
    return app + "/" + name;
  }
}
