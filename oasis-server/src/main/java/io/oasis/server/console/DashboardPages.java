package io.oasis.server.console;

import io.oasis.server.identity.Permission;
import io.oasis.ui.page.DashboardPage;
import io.oasis.ui.page.Pages;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** The dashboard, and the stream that keeps it true. */
@Path("/")
@Blocking
public class DashboardPages {
  private final Visit visit;
  private final DashboardSource source;

  public DashboardPages(Visit visit, DashboardSource source) {
    this.visit = visit;
    this.source = source;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.RUN_READ)
  public TemplateInstance dashboard() {
    Speech speech = visit.speech();
    DashboardSource.Snapshot now = source.snapshot(speech.now(), speech.zone(), visit.reach());
    DashboardView view = new DashboardView(speech);
    RunRows rows = new RunRows(speech);
    Instant minute = speech.now().truncatedTo(ChronoUnit.MINUTES);
    return visit.inLanguage(
        Pages.dashboard(
            new DashboardPage(
                visit.frame("dashboard"),
                view.numbers(now.totals(), now.trend()),
                view.hours(now.trend()),
                view.ring(now.totals()),
                rows.rows(now.troubles()),
                rows.rows(now.newest()),
                view.alarms(now.alarms()),
                view.strip(source.nextHour(minute, visit.reach()), minute))));
  }

  /** Sends the parts of the page that have changed. */
  @GET
  @Path("live/dashboard")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @PermissionsAllowed(Permission.Name.RUN_READ)
  public Multi<OutboundSseEvent> live(@Context Sse sse) {
    LiveDashboard dashboard = new LiveDashboard(source, visit.speech(), visit.reach());
    return LiveStream.of(sse, dashboard::next);
  }
}
