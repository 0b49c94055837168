/**
 * What differs from what Git sources applied: edits by hand, switches, deletions. Reads the tables
 * {@code job}, {@code job_revision}, {@code app} and {@code audit}, and writes nothing.
 *
 * <p>Invariants: normal forms are compared, so that spelling, order and defaults are never drift
 * (GO9); the work depends on what differs, not on how much a source owns.
 */
package io.oasis.server.drift;
