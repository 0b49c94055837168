package io.oasis.server.console;

import io.oasis.server.identity.Permission;
import io.oasis.server.stats.DashboardNumbers;
import io.oasis.server.stats.ServerHealth;
import io.oasis.ui.page.Frame;
import io.oasis.ui.page.Pages;
import io.oasis.ui.page.SettingsPage;
import io.oasis.ui.row.Pair;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.zone.ZoneRulesProvider;
import java.util.List;

/** What the platform is and which servers it has. */
@Path("/settings")
@Blocking
public class SettingsPages {
  private final Visit visit;
  private final DashboardNumbers numbers;

  public SettingsPages(Visit visit, DashboardNumbers numbers) {
    this.visit = visit;
    this.numbers = numbers;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.STATUS_READ)
  public TemplateInstance settings() {
    Frame frame = visit.frame("settings");
    Speech speech = visit.speech();
    String zoneRules = ZoneRulesProvider.getVersions("Europe/Berlin").lastEntry().getKey();
    List<Pair> facts =
        List.of(
            new Pair(speech.messages().version(), frame.version()),
            new Pair(speech.sentences().timeZoneData(), zoneRules),
            new Pair(speech.messages().timeZone(), speech.zone().getId()),
            new Pair(speech.messages().account(), frame.viewer().name()));
    return visit.inLanguage(
        Pages.settings(
            new SettingsPage(
                frame, facts, numbers.servers().stream().map(s -> row(s, speech)).toList())));
  }

  private static SettingsPage.Server row(ServerHealth server, Speech speech) {
    return new SettingsPage.Server(
        server.id(),
        server.address(),
        server.version(),
        speech.moment(server.startedAt()),
        server.alive(),
        speech.duration(server.clockOffset().abs()));
  }
}
