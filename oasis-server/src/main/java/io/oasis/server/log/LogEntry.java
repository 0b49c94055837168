package io.oasis.server.log;

import java.time.Instant;

/**
 * A line as it comes in; its number is its place.
 *
 * @param at by the executor's clock
 * @param stream where it came from
 * @param text without its line end
 */
public record LogEntry(Instant at, LogLine.Stream stream, String text) {}
