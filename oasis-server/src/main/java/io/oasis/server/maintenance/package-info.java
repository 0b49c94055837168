/**
 * What runs beside the requests: the periodic duties (partitions, retention, cleaning) and the
 * order of shutdown.
 *
 * <p>Invariants: the days of {@code run}, {@code attempt}, {@code run_event} and {@code run_log}
 * have their partitions before anything is inserted into them; a partition is only dropped when
 * every run in it is final.
 */
package io.oasis.server.maintenance;
