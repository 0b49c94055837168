/**
 * Jobs as they are now, every revision that they ever had, and switching them on and off. Tables
 * {@code job} and {@code job_revision}.
 *
 * <p>Invariants: (app, name) is unique among jobs that are not deleted; a revision never changes;
 * {@code next_fire_at} is set only while a job is enabled, has times left and is not deleted; a
 * change of the schedule replaces {@code next_fire_at} in the same statement. Management writes one
 * at a time ({@link io.oasis.server.job.JobWriter#lock}), the engine writes next to it and only
 * ever moves {@code next_fire_at} and {@code completed}.
 */
package io.oasis.server.job;
