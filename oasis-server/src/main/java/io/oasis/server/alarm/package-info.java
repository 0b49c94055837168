/**
 * Alarms: what goes wrong with jobs, and who is told.
 *
 * <p>Tables: {@code incident} and {@code alarm}, the outbox. Both are written in the transaction
 * that makes them true ({@link io.oasis.server.alarm.AlarmWriter}): a run that is final has its
 * incident, and an incident that was opened has its words waiting, whatever dies afterwards.
 *
 * <p>Invariants: at most one open incident for each job and kind, held by a unique index; a retried
 * run is told after its last attempt, a broadcast once; what a rule or a person stopped is no
 * failure. A batch of runs costs a bounded number of statements, and none when no job of it has an
 * alarm.
 *
 * <p>When things fail: one server at a time sends ({@link io.oasis.server.alarm.AlarmSender}), on a
 * thread of its own and never inside a transaction, so that a mail server that is down or silent
 * delays mails and nothing else. A server that dies after a mail left and before it was noted lets
 * the next one send it again, under the same Message-ID.
 */
package io.oasis.server.alarm;
