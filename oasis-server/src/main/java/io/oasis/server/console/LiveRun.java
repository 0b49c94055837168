package io.oasis.server.console;

import io.oasis.server.log.LogPage;
import io.oasis.server.log.LogPosition;
import io.oasis.server.log.RunLogs;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunTrace;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.oasis.ui.page.Partials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has changed on the page of a run since the last look: lines, and what stands above them. */
final class LiveRun {
  private static final int LINES = 1000;

  /** Stretches of lines in one look, so that a viewer who is far behind catches up. */
  private static final int STRETCHES = 5;

  /** Looks after which the part above is sent again while the run goes on: its duration grows. */
  private static final int HEAD_EVERY = 5;

  private final Doors doors;
  private final long id;
  private final Speech first;
  private final RunActions may;
  private LogPosition position;
  private Optional<Seen> seen = Optional.empty();
  private int looks;

  /** What is asked at each look. */
  record Doors(Runs runs, RunLogs logs, LogViews views, DashboardSource clock) {}

  LiveRun(Doors doors, long id, LogPosition after, Speech first, RunActions may) {
    this.doors = doors;
    this.id = id;
    this.position = after;
    this.first = first;
    this.may = may;
  }

  /** Looks once. */
  LiveStream.Look next() {
    // The run before its log: a run that is over here has said all its lines by the time of the
    // read.
    Optional<RunView> run = doors.runs().find(id);
    if (run.isEmpty()) {
      return new LiveStream.Look(List.of(LiveStream.Part.of("end", "")), true);
    }
    Speech speech = first.at(doors.clock().now());
    List<LiveStream.Part> parts = new ArrayList<>();
    Optional<LogPage> end = lines(parts, speech);
    head(run.get(), parts, speech);
    looks++;
    if (end.isPresent()) {
      String note = doors.views().note(end.get(), speech);
      parts.add(LiveStream.Part.of("end", escape(note)));
    } else if (parts.isEmpty() && looks % HEAD_EVERY == 0) {
      parts.add(LiveStream.Part.BEAT);
    }
    return new LiveStream.Look(parts, end.isPresent());
  }

  /** Adds the new lines; the answer is the empty page at the end of the log. */
  private Optional<LogPage> lines(List<LiveStream.Part> parts, Speech speech) {
    for (int i = 0; i < STRETCHES; i++) {
      LogPage page =
          doors
              .logs()
              .read(id, position, Optional.empty(), LINES)
              .orElse(new LogPage(List.of(), position, true, true, 0));
      if (page.lines().isEmpty()) {
        return page.runFinal() && page.complete() ? Optional.of(page) : Optional.empty();
      }
      String html =
          Partials.logLines(doors.views().rows(page.lines(), position, speech))
              .setLocale(speech.locale())
              .render();
      position = page.next();
      parts.add(new LiveStream.Part("lines", position.toString(), html));
    }
    return Optional.empty();
  }

  private void head(RunView run, List<LiveStream.Part> parts, Speech speech) {
    Seen now = Seen.of(run);
    boolean grows = run.state() == RunState.RUNNING && looks % HEAD_EVERY == 0;
    if (seen.isPresent() && seen.get().equals(now) && !grows) {
      return;
    }
    seen = Optional.of(now);
    Optional<RunTrace> trace = doors.runs().trace(id);
    trace.ifPresent(
        t ->
            parts.add(
                LiveStream.Part.of(
                    "head",
                    Partials.runHead(new RunDetailView(speech).head(t, may))
                        .setLocale(speech.locale())
                        .render())));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** What the part above the log shows of a run. */
  private record Seen(Object state, int attempt, Object node, Object reason, Object progress) {
    static Seen of(RunView run) {
      return new Seen(run.state(), run.attempt(), run.node(), run.reason(), run.progress());
    }
  }
}
