package io.oasis.server.job;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A spec that a job has or had.
 *
 * @param revision from 1
 * @param author who changed it, as the commit or the caller says
 * @param source the Git source that it came from
 * @param commit with which it came
 * @param ciRun the build that applied it
 * @param createdAt since when it is
 * @param labels sorted by key
 * @param spec in its normal form
 * @param via apply, api or console
 * @param reason why, as whoever made it by hand said
 */
public record JobRevision(
    int revision,
    String author,
    Optional<String> source,
    Optional<String> commit,
    Optional<String> ciRun,
    Instant createdAt,
    Map<String, String> labels,
    Map<String, Object> spec,
    String via,
    Optional<String> reason) {

  /** The same with another form of the spec. */
  JobRevision withSpec(Map<String, Object> other) {
    return new JobRevision(
        revision, author, source, commit, ciRun, createdAt, labels, other, via, reason);
  }
}
