package io.oasis.server.console;

import io.oasis.server.identity.Reach;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Trigger;
import io.oasis.ui.page.RunsPage;
import io.oasis.ui.row.Chip;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.RunBadge;
import io.oasis.ui.row.TriggerWord;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The filters of the log center as the address holds them, so that a link shows the same to whoever
 * opens it.
 *
 * @param set those that are set
 */
record RunQuery(FilterQuery set) {
  private static final List<String> NAMES =
      List.of("q", "app", "job", "state", "reason", "trigger", "node", "from", "to");

  /** Reads the query of a request. */
  static RunQuery of(MultivaluedMap<String, String> query) {
    return new RunQuery(FilterQuery.of("/runs", NAMES, query));
  }

  /** The address of the page with these filters. */
  Address address() {
    return set.address();
  }

  /**
   * The filter that the ledger understands.
   *
   * @param zone that local times are meant in
   * @param reach the apps that the viewer sees
   * @throws jakarta.ws.rs.BadRequestException for a state, a trigger or a time that nobody knows
   */
  RunFilter filter(ZoneId zone, Reach reach) {
    return new RunFilter(
        reach.within(set.first("app")),
        set.job(),
        set.constants("state", RunState.class),
        set.constants("trigger", Trigger.class),
        set.first("node"),
        set.instant("from", zone),
        set.instant("to", zone),
        set.constants("reason", ReasonCode.class).stream().findFirst(),
        set.first("q"));
  }

  /** The form with these filters filled in. */
  RunsPage.Filter form(List<String> apps, Speech speech) {
    Set<RunState> states = set.constants("state", RunState.class);
    Set<Trigger> triggers = set.constants("trigger", Trigger.class);
    Set<ReasonCode> reasons = set.constants("reason", ReasonCode.class);
    return new RunsPage.Filter(
        set.text("q"),
        set.apps(apps),
        set.text("job"),
        Arrays.stream(RunState.values())
            .map(state -> new Choice(state.name(), speech.state(state), states.contains(state)))
            .toList(),
        FilterQuery.chosen(states, speech::state, speech),
        Arrays.stream(ReasonCode.values())
            .map(
                reason ->
                    new Choice(
                        reason.name(), speech.reason(reason.name()), reasons.contains(reason)))
            .toList(),
        Arrays.stream(Trigger.values())
            .map(t -> new Choice(t.name(), word(t, speech), triggers.contains(t)))
            .toList(),
        set.text("node"),
        set.instant("from", speech.zone()).map(speech::formField).orElse(""),
        set.instant("to", speech.zone()).map(speech::formField).orElse(""),
        set.parameters().stream().map(parameter -> chip(parameter, speech)).toList());
  }

  private Chip chip(Address.Parameter parameter, Speech speech) {
    String value = parameter.value();
    String without = set.without(parameter);
    return switch (parameter.name()) {
      case "q" -> new Chip(speech.messages().search(), value, without);
      case "app" -> new Chip(speech.messages().app(), value, without);
      case "job" -> new Chip(speech.messages().job(), value, without);
      case "state" ->
          new Chip(
              speech.jobMessages().result(),
              speech.words().state(RunBadge.valueOf(value)),
              without);
      case "reason" -> new Chip(speech.jobMessages().why(), speech.reason(value), without);
      case "trigger" ->
          new Chip(
              speech.jobMessages().triggerType(), word(Trigger.valueOf(value), speech), without);
      case "node" -> new Chip(speech.messages().node(), value, without);
      case "from" -> new Chip(speech.messages().from(), clock(value, speech), without);
      default -> new Chip(speech.messages().to(), clock(value, speech), without);
    };
  }

  private static String clock(String text, Speech speech) {
    return speech.moment(FilterQuery.instantOf(text, speech.zone())).clock();
  }

  private static String word(Trigger trigger, Speech speech) {
    return speech.words().trigger(TriggerWord.valueOf(trigger.name()));
  }
}
