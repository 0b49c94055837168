package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.alarm.Incident;
import io.oasis.server.alarm.IncidentFilter;
import io.oasis.server.identity.Reach;
import io.oasis.ui.page.AlarmsPage;
import io.oasis.ui.row.Chip;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.IncidentBadge;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The filters of the alarms as the address holds them.
 *
 * @param parameters those that are set, in a fixed order
 */
record AlarmQuery(List<Address.Parameter> parameters) {
  private static final List<String> NAMES = List.of("app", "job", "state");

  /** Reads the query of a request; what is empty is left out, what is not a filter as well. */
  static AlarmQuery of(MultivaluedMap<String, String> query) {
    List<Address.Parameter> set = new ArrayList<>();
    for (String name : NAMES) {
      for (String value : query.getOrDefault(name, List.of())) {
        Address.Parameter parameter = new Address.Parameter(name, value.strip());
        if (!parameter.value().isEmpty() && !set.contains(parameter)) {
          set.add(parameter);
        }
      }
    }
    return new AlarmQuery(set);
  }

  /** The address of the page with these filters. */
  Address address() {
    return new Address("/alarms", parameters);
  }

  /**
   * The filter that the feature understands.
   *
   * @param reach the apps that the viewer sees
   * @throws BadRequestException for a state that nobody knows
   */
  IncidentFilter filter(Reach reach) {
    Optional<String> app = first("app");
    return new IncidentFilter(
        states(), reach.within(app), first("job").map(job -> jobKey(job, app)));
  }

  /** The form with these filters filled in. */
  AlarmsPage.Filter form(List<String> apps, Speech speech) {
    Set<Incident.State> states = states();
    Optional<String> app = first("app");
    return new AlarmsPage.Filter(
        Stream.concat(apps.stream(), app.stream())
            .distinct()
            .map(name -> new Choice(name, name, app.equals(Optional.of(name))))
            .toList(),
        first("job").orElse(""),
        Arrays.stream(Incident.State.values())
            .map(state -> new Choice(state.name(), word(state, speech), states.contains(state)))
            .toList(),
        stateWords(states, speech),
        parameters.stream().map(parameter -> chip(parameter, speech)).toList());
  }

  private Chip chip(Address.Parameter parameter, Speech speech) {
    String value = parameter.value();
    String without = address().without(parameter.name(), value).toString();
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

  private static String stateWords(Set<Incident.State> states, Speech speech) {
    return switch (states.size()) {
      case 0 -> speech.messages().all();
      case 1 -> word(states.iterator().next(), speech);
      default -> speech.sentences().chosenCount(Integer.toString(states.size()));
    };
  }

  private Optional<String> first(String name) {
    return parameters.stream()
        .filter(p -> p.name().equals(name))
        .map(Address.Parameter::value)
        .findFirst();
  }

  private Set<Incident.State> states() {
    Set<Incident.State> set = EnumSet.noneOf(Incident.State.class);
    for (Address.Parameter parameter : parameters) {
      if (parameter.name().equals("state")) {
        try {
          set.add(Incident.State.valueOf(parameter.value()));
        } catch (IllegalArgumentException e) {
          throw new BadRequestException(e);
        }
      }
    }
    return set;
  }

  /** A name alone is that of a job of the chosen app. */
  private static JobKey jobKey(String text, Optional<String> app) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new JobKey(app.orElse(""), text)
        : new JobKey(text.substring(0, slash), text.substring(slash + 1));
  }
}
