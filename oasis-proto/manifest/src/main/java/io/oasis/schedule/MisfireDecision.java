package io.oasis.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done about a job that is due.
 *
 * @param run nominal times that run now, oldest first; normally just the due one
 * @param skipped times that do not run, oldest first; normally none. A {@code COALESCED} stretch is
 *     coalesced into the first element of {@code run}
 * @param nextFireAt the next nominal time; empty when there is none by the clock: the schedule is
 *     over, or the next time of a fixed delay depends on the end of the run
 */
public record MisfireDecision(
    List<Instant> run, List<SkippedStretch> skipped, Optional<Instant> nextFireAt) {}
