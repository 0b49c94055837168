package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.identity.Reach;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Trigger;
import io.oasis.ui.page.RunsPage;
import io.oasis.ui.row.Chip;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.RunBadge;
import io.oasis.ui.row.TriggerWord;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The filters of the log center as the address holds them, so that a link shows the same to whoever
 * opens it.
 *
 * @param parameters those that are set, in a fixed order
 */
record RunQuery(List<Address.Parameter> parameters) {
  private static final List<String> NAMES =
      List.of("app", "job", "state", "trigger", "node", "from", "to");

  /** Reads the query of a request; what is empty is left out, what is not a filter as well. */
  static RunQuery of(MultivaluedMap<String, String> query) {
    List<Address.Parameter> set = new ArrayList<>();
    for (String name : NAMES) {
      for (String value : query.getOrDefault(name, List.of())) {
        Address.Parameter parameter = new Address.Parameter(name, value.strip());
        if (!parameter.value().isEmpty() && !set.contains(parameter)) {
          set.add(parameter);
        }
      }
    }
    return new RunQuery(set);
  }

  /** The address of the page with these filters. */
  Address address() {
    return new Address("/runs", parameters);
  }

  /**
   * The filter that the ledger understands.
   *
   * @param zone that local times are meant in
   * @param reach the apps that the viewer sees
   * @throws BadRequestException for a state, a trigger or a time that nobody knows
   */
  RunFilter filter(ZoneId zone, Reach reach) {
    Optional<String> app = first("app");
    return new RunFilter(
        reach.within(app),
        first("job").map(job -> jobKey(job, app)),
        constants("state", RunState.class),
        constants("trigger", Trigger.class),
        first("node"),
        first("from").map(text -> instant(text, zone)),
        first("to").map(text -> instant(text, zone)));
  }

  /** The form with these filters filled in. */
  RunsPage.Filter form(List<String> apps, Speech speech) {
    Set<RunState> states = constants("state", RunState.class);
    Set<Trigger> triggers = constants("trigger", Trigger.class);
    Optional<String> app = first("app");
    return new RunsPage.Filter(
        Stream.concat(apps.stream(), app.stream())
            .distinct()
            .map(name -> new Choice(name, name, app.equals(Optional.of(name))))
            .toList(),
        first("job").orElse(""),
        Arrays.stream(RunState.values())
            .map(state -> new Choice(state.name(), speech.state(state), states.contains(state)))
            .toList(),
        stateWords(states, speech),
        Arrays.stream(Trigger.values())
            .map(t -> new Choice(t.name(), word(t, speech), triggers.contains(t)))
            .toList(),
        first("node").orElse(""),
        first("from").map(text -> speech.formField(instant(text, speech.zone()))).orElse(""),
        first("to").map(text -> speech.formField(instant(text, speech.zone()))).orElse(""),
        parameters.stream().map(parameter -> chip(parameter, speech)).toList());
  }

  private Chip chip(Address.Parameter parameter, Speech speech) {
    String value = parameter.value();
    String without = address().without(parameter.name(), value).toString();
    return switch (parameter.name()) {
      case "app" -> new Chip(speech.messages().app(), value, without);
      case "job" -> new Chip(speech.messages().job(), value, without);
      case "state" ->
          new Chip(
              speech.jobMessages().result(),
              speech.words().state(RunBadge.valueOf(value)),
              without);
      case "trigger" ->
          new Chip(
              speech.jobMessages().triggerType(), word(Trigger.valueOf(value), speech), without);
      case "node" -> new Chip(speech.messages().node(), value, without);
      case "from" -> new Chip(speech.messages().from(), clock(value, speech), without);
      default -> new Chip(speech.messages().to(), clock(value, speech), without);
    };
  }

  private static String clock(String text, Speech speech) {
    return speech.moment(instant(text, speech.zone())).clock();
  }

  private static String word(Trigger trigger, Speech speech) {
    return speech.words().trigger(TriggerWord.valueOf(trigger.name()));
  }

  private static String stateWords(Set<RunState> states, Speech speech) {
    return switch (states.size()) {
      case 0 -> speech.messages().all();
      case 1 -> speech.state(states.iterator().next());
      default -> speech.sentences().chosenCount(Integer.toString(states.size()));
    };
  }

  private Optional<String> first(String name) {
    return parameters.stream()
        .filter(p -> p.name().equals(name))
        .map(Address.Parameter::value)
        .findFirst();
  }

  private <E extends Enum<E>> Set<E> constants(String name, Class<E> type) {
    Set<E> set = EnumSet.noneOf(type);
    for (Address.Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        try {
          set.add(Enum.valueOf(type, parameter.value()));
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

  /** An instant of a link, or the local time of a form field. */
  static Instant instant(String text, ZoneId zone) {
    try {
      return text.endsWith("Z")
          ? Instant.parse(text)
          : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new BadRequestException(e);
    }
  }
}
