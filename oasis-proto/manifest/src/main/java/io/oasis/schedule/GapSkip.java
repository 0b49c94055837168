package io.oasis.schedule;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * A time that did not fire because the clock jumped over it and the schedule says {@code gap:
 * skip}.
 *
 * @param local the local time that does not exist
 * @param at the first instant after the gap
 */
public record GapSkip(LocalDateTime local, Instant at) {}
