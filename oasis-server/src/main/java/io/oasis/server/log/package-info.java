/**
 * The business log of runs: batches of lines, kept in order by sequence number, each line once.
 * Table {@code run_log}.
 *
 * <p>Executors number the lines of each hand-over from 1 and say them again until they are
 * acknowledged, maybe to another server. What keeps each line single:
 *
 * <ul>
 *   <li>A row starts exactly one behind the last line that is stored, so the rows of one (attempt,
 *       member) lie side by side without holes or overlaps. Two servers that write the same lines
 *       start at the same number: the primary key lets one of them through, the other one looks
 *       again and trims. For that, one statement never has two rows of the same (attempt, member).
 *   <li>A piece that starts later than one behind the last line is not taken and not acknowledged;
 *       the executor says the lines before it again.
 *   <li>An attempt that is handed back and given to another node counts from 1 again under a higher
 *       epoch: its lines go behind those that are there. From then on the lower epoch is fenced.
 * </ul>
 *
 * <p>Lines are acknowledged after their commit. When the database is slower than the executors, or
 * away, lines are held up to a bound and refused beyond it, without an answer: executors keep what
 * was not acknowledged. Heartbeats and results never wait behind lines.
 */
package io.oasis.server.log;
