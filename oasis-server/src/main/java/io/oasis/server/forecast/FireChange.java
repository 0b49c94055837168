package io.oasis.server.forecast;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;

/**
 * Fires that come and go within the horizon of a plan. Times that both schedules have are not
 * counted.
 *
 * @param removed times at which the job would have fired and will not
 * @param added times at which it will fire and would not have
 * @param moved how many of the removed have an added one on the same day of the job's zone
 * @param first the first time that is added
 * @param removedAt the time of day of all that is removed, when it is one and the same
 * @param addedAt the time of day of all that is added, when it is one and the same
 * @param until present when the schedules are too dense to be compared to the end: the numbers are
 *     of the time before it, and there are more
 */
public record FireChange(
    long removed,
    long added,
    long moved,
    Optional<Instant> first,
    Optional<LocalTime> removedAt,
    Optional<LocalTime> addedAt,
    Optional<Instant> until) {}
