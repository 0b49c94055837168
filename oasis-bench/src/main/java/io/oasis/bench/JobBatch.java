package io.oasis.bench;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One-time jobs that are applied together, and when each is due.
 *
 * @param prefix what their names begin with, so that no two batches share one
 * @param due by name, in the order of time
 */
record JobBatch(String prefix, Map<String, Instant> due) {
  static final String APP = "bench";

  /** Jobs that are all due at the same time. */
  static JobBatch atOnce(String prefix, int count, Instant at) {
    return spread(prefix, count, 1, at);
  }

  /**
   * Jobs spread over some seconds, as many on each. Manifests take whole seconds, so this is a
   * small burst on each second, as a crontab makes it.
   */
  static JobBatch spread(String prefix, int perSecond, int seconds, Instant first) {
    Map<String, Instant> due = new LinkedHashMap<>();
    for (int i = 0; i < perSecond * seconds; i++) {
      due.put("%s-%06d".formatted(prefix, i), first.plusSeconds(i / perSecond));
    }
    return new JobBatch(prefix, due);
  }

  int size() {
    return due.size();
  }

  Instant first() {
    return due.values().iterator().next();
  }

  Instant last() {
    return due.values().stream().reduce(first(), (a, b) -> b);
  }

  /** The batch as YAML documents. */
  String manifest() {
    StringBuilder yaml = new StringBuilder();
    due.forEach(
        (name, at) ->
            yaml.append(
                """
                ---
                apiVersion: oasis/v1
                kind: Job
                metadata: {app: %s, name: %s}
                spec: {schedule: {at: %s}, handler: noop}
                """
                    .formatted(APP, name, at)));
    return yaml.toString();
  }
}
