package io.oasis.server.console;

import io.oasis.server.log.LogLine;
import io.oasis.server.log.LogPage;
import io.oasis.server.log.LogPosition;
import io.oasis.server.log.RunLogs;
import io.oasis.server.run.RunView;
import io.oasis.ui.page.RunDetailPage;
import io.oasis.ui.row.LogRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns stretches of a log into rows. */
@ApplicationScoped
public class LogViews {
  /** Lines that a page begins with. */
  private static final int FIRST_LINES = 2000;

  /** Lines that a page begins with when it was asked for the whole log. */
  private static final int MANY_LINES = 5000;

  private final RunLogs logs;

  public LogViews(RunLogs logs) {
    this.logs = logs;
  }

  /** The log as a page begins with it; the stream goes on from there. */
  RunDetailPage.Log first(RunView run, boolean fromStart, Speech speech) {
    LogPosition start = fromStart ? LogPosition.START : start(run);
    LogPage page =
        logs.read(run.id(), start, Optional.empty(), fromStart ? MANY_LINES : FIRST_LINES)
            .orElse(new LogPage(List.of(), start, true, true, 0));
    boolean over = page.runFinal() && page.complete() && page.lines().isEmpty();
    boolean whole = page.runFinal() && page.complete() && page.lines().size() < FIRST_LINES;
    String base = "/runs/" + run.id();
    return new RunDetailPage.Log(
        rows(page.lines(), start, speech),
        over || whole ? "" : base + "/log/live",
        page.next().toString(),
        start.equals(LogPosition.START) ? "" : base + "?log=all",
        note(page, speech),
        reaches(run, page));
  }

  /**
   * The rows of lines that follow a position; a divider stands above each attempt but the first.
   */
  List<LogRow> rows(List<LogLine> lines, LogPosition after, Speech speech) {
    List<LogRow> rows = new ArrayList<>(lines.size());
    int attempt = Math.max(1, after.attempt());
    int member = after.member();
    for (LogLine line : lines) {
      if (line.attempt() != attempt || line.member() != member) {
        attempt = line.attempt();
        member = line.member();
        rows.add(LogRow.divider(divider(attempt, member, speech)));
      }
      rows.add(row(line, speech));
    }
    return rows;
  }

  /** What stands below the last line. */
  String note(LogPage page, Speech speech) {
    if (!page.runFinal()) {
      return page.lines().isEmpty() ? speech.sentences().logWaiting() : "";
    }
    if (!page.complete()) {
      return speech.sentences().logDraining();
    }
    if (page.missing() > 0) {
      return speech.sentences().logMissing(speech.number(page.missing()));
    }
    // A page without lines that did not begin at the start follows lines that were said before.
    boolean none = page.lines().isEmpty() && page.next().attempt() == 0;
    return none ? speech.sentences().logNone() : speech.sentences().logComplete();
  }

  private static LogRow row(LogLine line, Speech speech) {
    Instant at = line.at();
    return new LogRow(
        line.attempt() + "." + line.member() + "." + line.seq(),
        line.seq(),
        at.toString(),
        speech.clockMillis(at),
        line.stream().name().toLowerCase(Locale.ROOT),
        LogText.shown(line.text(), speech));
  }

  private static String divider(int attempt, int member, Speech speech) {
    String words = speech.sentences().attemptNumber(attempt);
    return member == 0 ? words : words + " · " + speech.sentences().memberNumber(member);
  }

  /** Where the last lines begin; members of a broadcast are shown whole. */
  private static LogPosition start(RunView run) {
    return run.memberCount() == 0 && run.lastLogSeq() > FIRST_LINES
        ? new LogPosition(run.attempt(), 0, run.lastLogSeq() - FIRST_LINES)
        : LogPosition.START;
  }

  private static boolean reaches(RunView run, LogPage page) {
    return !page.lines().isEmpty()
        || !run.state().isFinal()
        || run.node().isPresent()
        || run.memberCount() > 0;
  }
}
