/**
 * From a job that is due to a row of the ledger. One transaction claims due jobs, decides about
 * missed times, inserts the runs and moves the jobs to their next times; a server that dies before
 * or after it loses nothing.
 *
 * <p>Invariant: {@code job_fire.next_fire_at} and the ledger move together; no code outside of this
 * package and of {@code job} writes it.
 */
package io.oasis.server.trigger;
