package io.oasis.server.console;

import io.oasis.server.alarm.Incident;
import io.oasis.server.alarm.IncidentFilter;
import io.oasis.server.identity.Reach;
import io.oasis.ui.page.AlarmsPage;
import io.oasis.ui.row.Chip;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.IncidentBadge;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The filters of the alarms as the address holds them.
 *
 * @param set those that are set
 */
record AlarmQuery(FilterQuery set) {
  /** Reads the query of a request. */
  static AlarmQuery of(MultivaluedMap<String, String> query) {
    return new AlarmQuery(FilterQuery.of("/alarms", List.of("app", "job", "state"), query));
  }

  /** The address of the page with these filters. */
  Address address() {
    return set.address();
  }

  /**
   * The filter that the feature understands.
   *
   * @param reach the apps that the viewer sees
   * @throws jakarta.ws.rs.BadRequestException for a state that nobody knows
   */
  IncidentFilter filter(Reach reach) {
    return new IncidentFilter(states(), reach.within(set.first("app")), set.job());
  }

  /** The form with these filters filled in. */
  AlarmsPage.Filter form(List<String> apps, Speech speech) {
    Set<Incident.State> states = states();
    return new AlarmsPage.Filter(
        set.apps(apps),
        set.text("job"),
        Arrays.stream(Incident.State.values())
            .map(state -> new Choice(state.name(), word(state, speech), states.contains(state)))
            .toList(),
        FilterQuery.chosen(states, state -> word(state, speech), speech),
        set.parameters().stream().map(parameter -> chip(parameter, speech)).toList());
  }

  private Chip chip(Address.Parameter parameter, Speech speech) {
    String value = parameter.value();
    String without = set.without(parameter);
    return switch (parameter.name()) {
      case "app" -> new Chip(speech.messages().app(), value, without);
      case "job" -> new Chip(speech.messages().job(), value, without);
      default ->
          new Chip(
              speech.jobMessages().status(), word(Incident.State.valueOf(value), speech), without);
    };
  }

  private static String word(Incident.State state, Speech speech) {
    return speech.words().incidentState(IncidentBadge.valueOf(state.name()));
  }

  private Set<Incident.State> states() {
    return set.constants("state", Incident.State.class);
  }
}
