/**
 * Proves the ledger: recomputes from the revisions of the jobs which nominal times a window should
 * have had, and compares them with the rows that are there. Owns no table; {@code job_term}, which
 * a trigger of the database writes, says when each revision was in force.
 *
 * <p>{@link io.oasis.server.verify.LedgerCheck} is the comparison, a plain class over one job.
 * {@link io.oasis.server.verify.Verification} feeds it page by page, so that memory does not grow
 * with the window, and gives up at a stated number of times. {@link
 * io.oasis.server.verify.Explainer} answers the same question for one time of one job.
 *
 * <p>Invariants that it relies on: everything before {@code job_fire.next_fire_at} has its row; a
 * change of a job decides what is due before it withdraws the rest; what a change asked for at one
 * moment and wrote at a later one may belong to either side between the two.
 */
package io.oasis.server.verify;
