package io.oasis.server.job;

import io.oasis.manifest.JobSpec;
import io.oasis.manifest.SpecForm;
import io.oasis.server.database.JsonText;
import io.oasis.server.secret.SecretMarks;
import java.util.Map;
import java.util.Optional;

/**
 * A spec as the database holds it. One that this server cannot read (a newer server wrote it, or a
 * hand in the database) has {@link JobVersion#UNREADABLE} in its place, so that whoever lists,
 * shows or repairs the job can go on.
 *
 * @param spec what it says
 * @param form as it is stored
 * @param unreadable set when it cannot be read
 */
record StoredSpec(JobSpec spec, Map<String, Object> form, Optional<UnreadableSpec> unreadable) {

  /**
   * Reads the spec of a job.
   *
   * @param revision of the job
   * @param json the job's own copy
   * @param other what the revision holds, where that differs: once the job has a newer one, the
   *     engine reads it for runs that are left of this
   */
  static StoredSpec of(int revision, String json, Optional<String> other) {
    StoredSpec own = of(revision, json);
    if (own.unreadable.isPresent() || other.isEmpty()) {
      return own;
    }
    StoredSpec engines = of(revision, other.get());
    return engines.unreadable.isPresent() ? engines : own;
  }

  private static StoredSpec of(int revision, String json) {
    Map<String, Object> form = form(json);
    try {
      return new StoredSpec(SpecForm.fromMap(form), form, Optional.empty());
    } catch (RuntimeException e) {
      // Whatever the reader stumbles over, the job has to stay within reach of its repair.
      String why =
          String.valueOf(e.getMessage()).lines().findFirst().orElse("").replace("  ", ": ");
      return new StoredSpec(
          JobVersion.UNREADABLE, form, Optional.of(new UnreadableSpec(revision, why, form)));
    }
  }

  /** The plain form of a spec; empty when it is not even a mapping. */
  static Map<String, Object> form(String json) {
    return json.startsWith("{") ? JsonText.object(json) : Map.of();
  }

  /** The same as people may see it. */
  StoredSpec hidden(SecretMarks marks) {
    Map<String, Object> shown = marks.hideForm(form);
    return new StoredSpec(
        unreadable.isPresent() ? spec : SpecForm.fromMap(shown),
        shown,
        unreadable.map(bad -> bad.withForm(shown)));
  }
}
