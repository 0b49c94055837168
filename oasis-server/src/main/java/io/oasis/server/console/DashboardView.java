package io.oasis.server.console;

import io.oasis.server.run.RunState;
import io.oasis.server.stats.HourCount;
import io.oasis.server.stats.MinuteFires;
import io.oasis.server.stats.Totals;
import io.oasis.server.stats.Trend;
import io.oasis.ui.page.DashboardPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Turns the numbers of the dashboard into its view records. */
final class DashboardView {
  private static final int STRIP_MINUTES = 60;
  private static final int MINUTE_WIDTH = 12;
  private static final int STRIP_HEIGHT = 72;
  private static final int SCALE_STEPS = 4;

  private final Speech speech;

  DashboardView(Speech speech) {
    this.speech = speech;
  }

  DashboardPage.Numbers numbers(Totals totals, Trend trend) {
    Totals.Jobs jobs = totals.jobs();
    Totals.Nodes nodes = totals.nodes();
    return new DashboardPage.Numbers(
        speech.number(jobs.all()),
        speech.number(jobs.enabled()),
        speech.number(jobs.disabled()),
        new DashboardPage.Active(
            speech.number(totals.active().running()), speech.number(totals.active().queued())),
        day(trend),
        new DashboardPage.Apps(speech.number(totals.appsOnline()), speech.number(totals.apps())),
        new DashboardPage.Nodes(speech.number(nodes.online()), nodes.full(), nodes.draining()));
  }

  private DashboardPage.Day day(Trend trend) {
    Map<RunState, Long> byState = trend.byState();
    long total = byState.values().stream().mapToLong(Long::longValue).sum();
    long troubled = trend.hours().stream().mapToLong(HourCount::troubled).sum();
    List<DashboardPage.StateCount> parts =
        byState.entrySet().stream()
            .map(
                entry ->
                    new DashboardPage.StateCount(
                        RunRows.badge(entry.getKey()), speech.number(entry.getValue())))
            .toList();
    return new DashboardPage.Day(
        speech.number(total),
        speech.number(byState.getOrDefault(RunState.SUCCEEDED, 0L)),
        speech.number(troubled),
        troubled > 0,
        parts,
        trend.from().toString());
  }

  /** Written out; empty when there are none. */
  String alarms(int open) {
    return open == 0 ? "" : speech.number(open);
  }

  List<DashboardPage.Hour> hours(Trend trend) {
    return trend.hours().stream().map(this::hour).toList();
  }

  private DashboardPage.Hour hour(HourCount hour) {
    String label = speech.hourMinute(hour.from());
    return new DashboardPage.Hour(
        label,
        speech.moment(hour.from()).clock().substring(0, 16) + "–" + speech.hourMinute(hour.to()),
        new Address("/runs")
            .with("from", hour.from().toString())
            .with("to", hour.to().toString())
            .toString(),
        hour.succeeded(),
        hour.troubled(),
        hour.other());
  }

  DashboardPage.Ring ring(Totals totals) {
    long running = Math.min(totals.active().runningJobs(), totals.jobs().all());
    return new DashboardPage.Ring(
        totals.jobs().all(),
        Math.max(0, totals.jobs().enabled() - running),
        running,
        totals.jobs().disabled(),
        totals.jobs().completed());
  }

  DashboardPage.Strip strip(List<MinuteFires> minutes, Instant from) {
    long most = minutes.stream().mapToLong(MinuteFires::fires).max().orElse(1);
    long total = minutes.stream().mapToLong(MinuteFires::fires).sum();
    List<DashboardPage.Bar> bars = minutes.stream().map(minute -> bar(minute, from, most)).toList();
    List<String> labels =
        IntStream.rangeClosed(0, SCALE_STEPS)
            .mapToObj(
                i ->
                    speech.hourMinute(
                        from.plus(Duration.ofMinutes((long) i * STRIP_MINUTES / SCALE_STEPS))))
            .toList();
    return new DashboardPage.Strip(bars, labels, speech.number(total), total == 0);
  }

  private DashboardPage.Bar bar(MinuteFires minute, Instant from, long most) {
    long index = Math.max(0, Duration.between(from, minute.minute()).toMinutes());
    int height = (int) Math.max(6, (STRIP_HEIGHT - 8) * minute.fires() / most);
    return new DashboardPage.Bar(
        (int) Math.min(STRIP_MINUTES - 1L, index) * MINUTE_WIDTH + 1,
        STRIP_HEIGHT - height,
        height,
        speech.hourMinute(minute.minute()),
        speech.number(minute.fires()));
  }
}
