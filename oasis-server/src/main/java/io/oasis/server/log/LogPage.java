package io.oasis.server.log;

import java.util.List;

/**
 * A stretch of a run's log.
 *
 * @param lines in the order (attempt, member, seq)
 * @param next where to go on; the position that was asked from when there are no lines
 * @param runFinal true when the run is over
 * @param complete true when no more lines will come
 * @param missing lines that the executor wrote and that never arrived; 0 until complete
 */
public record LogPage(
    List<LogLine> lines, LogPosition next, boolean runFinal, boolean complete, long missing) {}
