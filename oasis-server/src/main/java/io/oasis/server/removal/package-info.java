/**
 * Removing an app, alone or by force with all that depends on it. Owns no table: it brings {@code
 * app}, {@code job}, {@code run} and {@code identity} together in one transaction.
 *
 * <p>Invariants: an app goes with everything or not at all; while it goes no job of it is applied
 * (the lock of management), none fires (the jobs are held), none of its runs moves (the runs are
 * held) and no node joins (its row is held), in this order. A job, a run, a node or a token of
 * another app is never touched. What is deleted stays in the history as if each had been deleted by
 * itself.
 */
package io.oasis.server.removal;
