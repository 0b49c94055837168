package io.oasis.server.stats;

import java.time.Instant;

/**
 * Fires that are due within a minute, by the jobs' next nominal times.
 *
 * @param minute its start
 * @param fires how many
 */
public record MinuteFires(Instant minute, long fires) {}
