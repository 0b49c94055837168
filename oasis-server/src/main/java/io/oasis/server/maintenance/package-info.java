/**
 * What runs beside the requests: the one shared loop, the order of shutdown, and the periodic
 * duties (partitions, retention, cleaning).
 *
 * <p>Invariants: a background duty is one class with a step that neither sleeps nor owns a thread;
 * {@link io.oasis.server.maintenance.Loop} gives it both, never dies, and says a failure once and
 * its end once, however long it lasts. Days of {@code run}, {@code attempt}, {@code run_event} and
 * {@code run_log} have their partitions before anything is inserted into them; a partition is only
 * dropped when every run in it is final.
 */
package io.oasis.server.maintenance;
