/**
 * Plan and apply: what manifests would change, then all of it or nothing. {@link
 * io.oasis.server.apply.Planner} is a pure function of what is wanted and what is; {@link
 * io.oasis.server.apply.Applier} reads, plans and writes in one transaction.
 *
 * <p>Invariants: nothing is written when one document is wrong or belongs to another source;
 * applying the same files again writes nothing at all.
 */
package io.oasis.server.apply;
