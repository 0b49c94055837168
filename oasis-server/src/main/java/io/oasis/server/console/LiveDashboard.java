package io.oasis.server.console;

import io.oasis.server.identity.Reach;
import io.oasis.server.run.RunView;
import io.oasis.ui.page.DashboardPage;
import io.oasis.ui.page.Partials;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What has changed on a dashboard since the last look. */
final class LiveDashboard {
  /** Looks between two signs of life when nothing changes. */
  private static final int BEAT_EVERY = 15;

  /** Looks between two drawings of the charts: on a busy platform every look would be new. */
  private static final int CHARTS_EVERY = 10;

  private final DashboardSource source;
  private final Speech first;
  private final Reach apps;
  private DashboardSource.Snapshot shown;
  private DashboardSource.Snapshot drawn;
  private Instant minute = Instant.MIN;
  private int looks;
  private int silent;

  LiveDashboard(DashboardSource source, Speech first, Reach apps) {
    this.source = source;
    this.first = first;
    this.apps = apps;
  }

  /** Looks once. The first look sends everything: the page may be older than the connection. */
  LiveStream.Look next() {
    Speech speech = first.at(source.now());
    DashboardSource.Snapshot now = source.shared(speech.now(), speech.zone(), apps);
    List<LiveStream.Part> parts = new ArrayList<>();
    if (shown == null
        || !shown.totals().equals(now.totals())
        || !shown.trend().equals(now.trend())) {
      parts.add(
          part(
              "numbers",
              Partials.numbers(new DashboardView(speech).numbers(now.totals(), now.trend()))));
    }
    if (shown == null || changed(shown.troubles(), now.troubles())) {
      parts.add(part("troubles", Partials.troubles(new RunRows(speech).rows(now.troubles()))));
    }
    if (shown == null || shown.alarms() != now.alarms()) {
      parts.add(
          part("alarms", Partials.openAlarms(new DashboardView(speech).alarms(now.alarms()))));
    }
    if (shown == null || changed(shown.newest(), now.newest())) {
      parts.add(part("newest", Partials.newestRuns(new RunRows(speech).rows(now.newest()))));
    }
    if (looks++ % CHARTS_EVERY == 0) {
      charts(parts, now, speech);
    }
    strip(parts, speech);
    shown = now;
    silent = parts.isEmpty() ? silent + 1 : 0;
    if (silent >= BEAT_EVERY) {
      parts.add(LiveStream.Part.BEAT);
      silent = 0;
    }
    return new LiveStream.Look(parts, false);
  }

  private void charts(List<LiveStream.Part> parts, DashboardSource.Snapshot now, Speech speech) {
    DashboardView view = new DashboardView(speech);
    if (drawn == null || !drawn.trend().equals(now.trend())) {
      parts.add(part("trend", Partials.trend(view.hours(now.trend()))));
    }
    if (drawn == null || !drawn.totals().equals(now.totals())) {
      parts.add(part("ring", Partials.ring(view.ring(now.totals()))));
    }
    drawn = now;
  }

  /** The next hour begins anew with each minute. */
  private void strip(List<LiveStream.Part> parts, Speech speech) {
    Instant from = speech.now().truncatedTo(ChronoUnit.MINUTES);
    if (!from.equals(minute)) {
      minute = from;
      DashboardPage.Strip strip =
          new DashboardView(speech).strip(source.nextHour(from, apps), from);
      parts.add(part("strip", Partials.strip(strip)));
      parts.add(part("strip-table", Partials.stripTable(strip)));
    }
  }

  private static boolean changed(List<RunView> before, List<RunView> after) {
    return !before.stream().map(Seen::of).toList().equals(after.stream().map(Seen::of).toList());
  }

  private LiveStream.Part part(String name, TemplateInstance content) {
    Locale locale = first.locale();
    return LiveStream.Part.of(name, content.setLocale(locale).render());
  }

  /** What a row shows; a log line or a progress alone is no reason to send it again. */
  private record Seen(long id, Object state, int attempt, Object node, Object reason) {
    static Seen of(RunView run) {
      return new Seen(run.id(), run.state(), run.attempt(), run.node(), run.reason());
    }
  }
}
