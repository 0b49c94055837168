/**
 * Jobs as they are now, every revision that they ever had, and switching them on and off. Tables
 * {@code job}, {@code job_revision} and {@code job_fire}.
 *
 * <p>Invariants: (app, name) is unique among jobs that are not deleted; a revision never changes. A
 * job has a row in {@code job_fire} exactly while it is enabled, not deleted, and has times left; a
 * row without a time is a fixed delay whose run is under way. So a job that is enabled, has a
 * schedule and has no such row is done. A trigger ends the row of a job that is switched off or
 * deleted, and gives the row of a changed one its revision, in the statement that does so.
 *
 * <p>Management writes one at a time ({@link io.oasis.server.job.JobWriter#lock}), and makes rows
 * of {@code job_fire}; the engine writes next to it, and only ever moves or ends them. Whoever
 * needs both locks {@code job_fire} before {@code job} ({@link
 * io.oasis.server.job.DueTimes#settle}), and several rows by uid.
 */
package io.oasis.server.job;
