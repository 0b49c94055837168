package io.oasis.server.stats;

import io.oasis.server.run.RunState;
import java.time.Instant;

/**
 * Runs that ended within a quarter of an hour.
 *
 * @param at start of the quarter
 * @param state that they ended in
 * @param runs how many
 */
record Bucket(Instant at, RunState state, long runs) {}
