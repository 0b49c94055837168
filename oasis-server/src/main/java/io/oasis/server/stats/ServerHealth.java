package io.oasis.server.stats;

import java.time.Duration;
import java.time.Instant;

/**
 * One server as the others see it.
 *
 * @param id of the process
 * @param address it listens at
 * @param version it runs
 * @param startedAt when it started
 * @param alive its lease has not ended
 * @param clockOffset how far its clock is ahead of the database's
 */
public record ServerHealth(
    String id,
    String address,
    String version,
    Instant startedAt,
    boolean alive,
    Duration clockOffset) {}
