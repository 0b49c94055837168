package io.oasis.schedule;

import java.time.Instant;

/**
 * Nominal times in a row, told by their ends.
 *
 * @param first the earliest
 * @param last the latest; equal to {@code first} when the count is one
 * @param count how many, at least one
 */
public record Stretch(Instant first, Instant last, long count) {}
