package io.oasis.server.console;

import io.oasis.server.identity.AuditFilter;
import io.oasis.server.identity.Reach;
import io.oasis.ui.page.AuditPage;
import io.oasis.ui.row.Chip;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.ZoneId;
import java.util.List;

/**
 * The filters of the audit page, as its address holds them.
 *
 * @param set those that are set
 */
record AuditQuery(FilterQuery set) {
  private static final List<String> NAMES = List.of("app", "who", "action", "object", "from", "to");

  /** Reads the query of a request. */
  static AuditQuery of(MultivaluedMap<String, String> query) {
    return new AuditQuery(FilterQuery.of("/audit", NAMES, query));
  }

  Address address() {
    return set.address();
  }

  /**
   * The filter that the audit trail understands.
   *
   * @param reach the apps whose entries the viewer sees
   */
  AuditFilter filter(ZoneId zone, Reach reach) {
    return new AuditFilter(
        reach.within(set.first("app")),
        set.first("who"),
        set.first("action"),
        set.first("object"),
        set.instant("from", zone),
        set.instant("to", zone));
  }

  /** The form with these filters filled in. */
  AuditPage.Filter form(List<String> apps, Speech speech) {
    return new AuditPage.Filter(
        set.apps(apps),
        set.text("who"),
        set.text("action"),
        set.text("object"),
        set.text("from"),
        set.text("to"),
        set.parameters().stream().map(parameter -> chip(parameter, speech)).toList());
  }

  private Chip chip(Address.Parameter parameter, Speech speech) {
    String name =
        switch (parameter.name()) {
          case "app" -> speech.messages().app();
          case "who" -> speech.people().who();
          case "action" -> speech.people().action();
          case "object" -> speech.people().object();
          case "from" -> speech.messages().from();
          default -> speech.messages().to();
        };
    return new Chip(name, parameter.value(), set.without(parameter));
  }
}
