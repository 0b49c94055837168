/**
 * From a run whose time has come to a node that has it: blocking (who holds the job's slot),
 * routing (which node), hand-over. Tables {@code slot} and {@code slot_wait}.
 *
 * <p>Invariants: a run of a job with a bounded strategy has a row in {@code slot} from before its
 * hand-over until it is final, retries included; a slot is never free while somebody waits for it,
 * because whoever frees it hands it on in the same transaction.
 */
package io.oasis.server.dispatch;
