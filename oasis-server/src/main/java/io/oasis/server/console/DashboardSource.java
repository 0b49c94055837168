package io.oasis.server.console;

import io.oasis.server.alarm.Incidents;
import io.oasis.server.identity.Reach;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.oasis.server.stats.DashboardNumbers;
import io.oasis.server.stats.MinuteFires;
import io.oasis.server.stats.Totals;
import io.oasis.server.stats.Trend;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Asks the doors for what the dashboard shows. */
@ApplicationScoped
public class DashboardSource {
  private static final int NEWEST = 10;
  private static final int TROUBLES = 10;
  private static final Duration TROUBLES_SINCE = Duration.ofDays(7);
  private static final Set<RunState> TROUBLED =
      Arrays.stream(RunState.values()).filter(RunState::isTrouble).collect(Collectors.toSet());

  /** Less than the pause between two looks of one viewer, who therefore never sees one twice. */
  private static final Duration SHARED_FOR = Duration.ofMillis(800);

  private final Map<Viewpoint, Look> looks = new ConcurrentHashMap<>();
  private final DashboardNumbers numbers;
  private final Runs runs;
  private final Incidents incidents;
  private final DatabaseClock clock;

  public DashboardSource(
      DashboardNumbers numbers, Runs runs, Incidents incidents, DatabaseClock clock) {
    this.numbers = numbers;
    this.runs = runs;
    this.incidents = incidents;
    this.clock = clock;
  }

  /**
   * What the dashboard shows at one moment.
   *
   * @param totals of jobs, runs under way, apps and nodes
   * @param trend of the last 24 hours
   * @param troubles newest first
   * @param newest newest first
   * @param alarms that are open
   */
  record Snapshot(
      Totals totals, Trend trend, List<RunView> troubles, List<RunView> newest, int alarms) {}

  Snapshot snapshot(Instant now, ZoneId zone, Reach apps) {
    // Bounded in time: without failures the search would read the whole history for ten rows.
    RunFilter troubled =
        RunFilter.ofApps(apps).withStates(TROUBLED).since(now.minus(TROUBLES_SINCE));
    return new Snapshot(
        numbers.totals(apps),
        numbers.trend(now, zone, apps),
        runs.list(troubled, TROUBLES, Optional.empty()).runs(),
        runs.list(RunFilter.ofApps(apps), NEWEST, Optional.empty()).runs(),
        incidents.openCount(apps));
  }

  /**
   * {@link #snapshot} for those who watch: viewers who see the same apps in one zone share a look,
   * so that a hundred open dashboards ask the database as often as one.
   */
  Snapshot shared(Instant now, ZoneId zone, Reach apps) {
    return looks
        .compute(
            new Viewpoint(zone, apps),
            (from, look) ->
                look == null || !look.at().plus(SHARED_FOR).isAfter(now)
                    ? new Look(now, snapshot(now, from.zone(), from.apps()))
                    : look)
        .snapshot();
  }

  private record Viewpoint(ZoneId zone, Reach apps) {}

  private record Look(Instant at, Snapshot snapshot) {}

  List<MinuteFires> nextHour(Instant from, Reach apps) {
    return numbers.nextHour(from, apps);
  }

  Instant now() {
    return clock.instant();
  }
}
