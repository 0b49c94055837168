package io.oasis.server.api;

import io.oasis.server.identity.Permission;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.RunState;
import io.oasis.server.stats.DashboardNumbers;
import io.oasis.server.stats.ServerHealth;
import io.oasis.server.stats.Totals;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How the platform is doing. */
@Path(Api.V1 + "/status")
@Tag(name = "Platform")
public class StatusResource {
  private final DashboardNumbers numbers;
  private final ServerMembership membership;
  private final DatabaseClock clock;
  private final SecurityIdentity identity;
  private final String version;

  public StatusResource(
      DashboardNumbers numbers,
      ServerMembership membership,
      DatabaseClock clock,
      SecurityIdentity identity,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.numbers = numbers;
    this.membership = membership;
    this.clock = clock;
    this.identity = identity;
    this.version = version;
  }

  /**
   * How the platform is doing.
   *
   * @param serverId the server that answers
   * @param databaseClockOffsetMs how far its clock is ahead of the database's
   */
  public record StatusJson(
      String version,
      String serverId,
      long databaseClockOffsetMs,
      List<ServerJson> servers,
      JobsJson jobs,
      RunsJson runs,
      AppsJson apps,
      NodesJson nodes) {}

  /**
   * One server.
   *
   * @param alive its lease has not ended
   * @param self it is the one that answers
   */
  public record ServerJson(
      String id,
      String address,
      String version,
      Instant startedAt,
      boolean alive,
      long clockOffsetMs,
      boolean self) {}

  /** Jobs by state; a completed job counts as enabled. */
  public record JobsJson(long total, long enabled, long disabled) {}

  /** Runs that are not over, and those that ended within 24 hours. */
  public record RunsJson(long running, long queued, DayJson last24h) {}

  /**
   * Runs that ended within the current hour and the 23 before it.
   *
   * @param failed those that a person should look at
   * @param other killed, cancelled, skipped or merged
   */
  public record DayJson(long total, long succeeded, long failed, long other) {}

  /** Apps; online is one with a node that takes work. */
  public record AppsJson(int total, int online) {}

  /** Nodes by state. */
  public record NodesJson(int online, int draining, int offline) {}

  @GET
  @PermissionsAllowed(Permission.Name.STATUS_READ)
  @Operation(summary = "Servers, and how many jobs, runs, apps and nodes there are")
  public StatusJson status() {
    Totals totals = numbers.totals(Scope.reach(identity));
    return new StatusJson(
        version,
        membership.serverId(),
        membership.clockSkew().toMillis(),
        numbers.servers().stream().map(this::server).toList(),
        new JobsJson(
            totals.jobs().all(),
            totals.jobs().enabled() + totals.jobs().completed(),
            totals.jobs().disabled()),
        new RunsJson(totals.active().running(), totals.active().queued(), day()),
        new AppsJson(totals.apps(), totals.appsOnline()),
        new NodesJson(
            totals.nodes().online(), totals.nodes().draining(), totals.nodes().offline()));
  }

  private ServerJson server(ServerHealth server) {
    return new ServerJson(
        server.id(),
        server.address(),
        server.version(),
        server.startedAt(),
        server.alive(),
        server.clockOffset().toMillis(),
        server.id().equals(membership.serverId()));
  }

  private DayJson day() {
    Map<RunState, Long> runs =
        numbers.trend(clock.instant(), ZoneOffset.UTC, Scope.reach(identity)).byState();
    long total = runs.values().stream().mapToLong(Long::longValue).sum();
    long succeeded = runs.getOrDefault(RunState.SUCCEEDED, 0L);
    long failed =
        runs.entrySet().stream()
            .filter(entry -> entry.getKey().isTrouble())
            .mapToLong(Map.Entry::getValue)
            .sum();
    return new DayJson(total, succeeded, failed, total - succeeded - failed);
  }
}
