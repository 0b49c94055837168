package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.server.database.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stored spec that this server cannot read.
 *
 * @param revision of the job
 * @param why one line
 * @param form as it is stored, with its secrets; empty when it is not even a mapping
 */
public record UnreadableSpec(int revision, String why, Map<String, Object> form) {

  /** What to do about it. */
  public static final String REMEDY = "apply the job's manifest again, then enable it";

  /** What is wrong, for people. */
  public String problem() {
    return "its stored spec (revision " + revision + ") cannot be read: " + why;
  }

  /** What is wrong and what to do, in one line. */
  public String advice() {
    return problem() + "; " + REMEDY;
  }

  /**
   * A Job document that shows what is stored. It is no manifest that could be applied: the reader
   * refuses it with the place of the mistake.
   */
  public String toYaml(JobKey key, Map<String, String> labels) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("app", key.app());
    metadata.put("name", key.name());
    metadata.put("labels", labels);
    // JSON is YAML, and it can hold whatever the column holds.
    return "# "
        + advice()
        + "\napiVersion: oasis/v1\nkind: Job\nmetadata: "
        + JsonText.write(metadata)
        + "\nspec: "
        + JsonText.write(form)
        + "\n";
  }

  /** The same with another form of the spec. */
  public UnreadableSpec withForm(Map<String, Object> other) {
    return new UnreadableSpec(revision, why, other);
  }
}
