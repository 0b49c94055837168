package io.oasis.server.console;

import io.oasis.server.identity.AuditFilter;
import io.oasis.server.identity.Reach;
import io.oasis.ui.page.AuditPage;
import io.oasis.ui.row.Chip;
import io.oasis.ui.row.Choice;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The filters of the audit page, as its address holds them.
 *
 * @param parameters that are set
 */
record AuditQuery(List<Address.Parameter> parameters) {
  private static final List<String> NAMES = List.of("app", "who", "action", "object", "from", "to");

  /** Reads the query of a request; what is empty is left out, what is not a filter as well. */
  static AuditQuery of(MultivaluedMap<String, String> query) {
    List<Address.Parameter> set = new ArrayList<>();
    for (String name : NAMES) {
      String value = Optional.ofNullable(query.getFirst(name)).map(String::strip).orElse("");
      if (!value.isEmpty()) {
        set.add(new Address.Parameter(name, value));
      }
    }
    return new AuditQuery(set);
  }

  Address address() {
    return new Address("/audit", parameters);
  }

  /**
   * The filter that the audit trail understands.
   *
   * @param reach the apps whose entries the viewer sees
   */
  AuditFilter filter(ZoneId zone, Reach reach) {
    return new AuditFilter(
        reach.within(first("app")),
        first("who"),
        first("action"),
        first("object"),
        first("from").map(text -> RunQuery.instant(text, zone)),
        first("to").map(text -> RunQuery.instant(text, zone)));
  }

  /** The form with these filters filled in. */
  AuditPage.Filter form(List<String> apps, Speech speech) {
    Optional<String> app = first("app");
    return new AuditPage.Filter(
        Stream.concat(apps.stream(), app.stream())
            .distinct()
            .map(name -> new Choice(name, name, app.equals(Optional.of(name))))
            .toList(),
        first("who").orElse(""),
        first("action").orElse(""),
        first("object").orElse(""),
        first("from").orElse(""),
        first("to").orElse(""),
        parameters.stream().map(parameter -> chip(parameter, speech)).toList());
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
    return new Chip(
        name, parameter.value(), address().without(parameter.name(), parameter.value()).toString());
  }

  private Optional<String> first(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Address.Parameter::value)
        .findFirst();
  }
}
