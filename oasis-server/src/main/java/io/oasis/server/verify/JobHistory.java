package io.oasis.server.verify;

import io.oasis.manifest.JobKey;
import io.oasis.schedule.JobTiming;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job was, as far as its nominal times are concerned.
 *
 * @param uid of the job
 * @param nextFireAt the next nominal time now; everything before it is decided
 * @param terms what was in force when, oldest first, never empty
 * @param timings of each revision that a term names
 */
public record JobHistory(
    long uid,
    JobKey key,
    Optional<Instant> nextFireAt,
    List<Term> terms,
    Map<Integer, JobTiming> timings) {

  /** From when on it is known what was in force. */
  Instant knownSince() {
    return terms.get(0).since();
  }
}
