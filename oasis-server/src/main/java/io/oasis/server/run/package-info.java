/**
 * The run ledger: one row for each occurrence, its state machine, and the questions of the log
 * center.
 *
 * <p>Invariants: a final state never changes; a run has one state and one epoch, and whoever writes
 * names the state and the epoch that it believes in ({@code RunStore}); scheduled runs are unique
 * by (job, nominal time).
 *
 * <p>When things fail: a server that dies with runs in its hands leaves rows whose {@code wake_at}
 * passes; whoever looks next takes them over with a higher epoch. A node that dies leaves rows that
 * the reaper of lost nodes ends or retries. A word about a run under an old epoch changes nothing
 * and is kept as an event.
 */
package io.oasis.server.run;
