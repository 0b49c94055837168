package io.oasis.server.console;

import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobFilter;
import io.oasis.server.job.JobOrder;
import io.oasis.server.job.LabelSelector;
import io.oasis.ui.page.JobsPage;
import io.oasis.ui.row.Chip;
import io.oasis.ui.row.Choice;
import io.oasis.ui.row.JobBadge;
import io.oasis.ui.row.ScheduleWord;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The filters of the list of jobs as the address holds them.
 *
 * @param set those that are set, and the order unless it is the usual one
 */
record JobQuery(FilterQuery set) {
  private static final List<String> NAMES =
      List.of("q", "app", "state", "kind", "handler", "owner", "label");
  private static final String ON = "on";
  private static final String OFF = "off";

  /** The kinds of schedule by the words of manifests. */
  private static final Map<String, ScheduleWord> KINDS = kinds();

  private static final String SORT = "sort";

  /** Reads the query of a request. */
  static JobQuery of(MultivaluedMap<String, String> query) {
    FilterQuery filters = FilterQuery.of("/jobs", NAMES, query);
    Optional<JobOrder> order = Optional.ofNullable(query.getFirst(SORT)).flatMap(JobOrder::parse);
    return new JobQuery(sorted(filters, order.orElse(JobOrder.NAME)));
  }

  private static FilterQuery sorted(FilterQuery filters, JobOrder order) {
    return filters.set(SORT, order == JobOrder.NAME ? "" : order.word());
  }

  Address address() {
    return set.address();
  }

  /**
   * The filter that the jobs understand.
   *
   * @param reach the apps that the viewer sees
   * @throws BadRequestException for a state, a kind or a label that cannot be
   */
  JobFilter filter(Reach reach) {
    return new JobFilter(
        reach.within(set.first("app")),
        set.first("q"),
        set.first("state").map(JobQuery::enabled),
        set.first("handler"),
        set.first("owner"),
        set.first("kind").map(JobQuery::kind),
        LabelSelector.of(labels()));
  }

  JobOrder order() {
    return set.first(SORT).flatMap(JobOrder::parse).orElse(JobOrder.NAME);
  }

  /** The orders, each with the address of the list in that order. */
  JobsPage.Sorting sorting() {
    return new JobsPage.Sorting(
        order().word(),
        address(JobOrder.NAME),
        address(JobOrder.NEXT),
        address(JobOrder.RESULT),
        address(JobOrder.CHANGED));
  }

  private String address(JobOrder order) {
    return sorted(set, order).address().toString();
  }

  /** The form with these filters filled in. */
  JobsPage.Filter form(List<String> apps, Speech speech) {
    Optional<String> state = set.first("state");
    Optional<String> kind = set.first("kind");
    return new JobsPage.Filter(
        set.text("q"),
        set.apps(apps),
        Stream.of(ON, OFF)
            .map(s -> new Choice(s, stateWord(s, speech), state.equals(Optional.of(s))))
            .toList(),
        KINDS.entrySet().stream()
            .map(
                entry ->
                    new Choice(
                        entry.getKey(),
                        speech.words().scheduleKind(entry.getValue()),
                        kind.equals(Optional.of(entry.getKey()))))
            .toList(),
        set.text("handler"),
        set.text("owner"),
        set.text("label"),
        set.parameters().stream()
            .filter(parameter -> !parameter.name().equals(SORT))
            .map(parameter -> chip(parameter, speech))
            .toList());
  }

  /** The kind of schedule that a manifest's word names. */
  static ScheduleWord scheduleWord(String kind) {
    return KINDS.getOrDefault(kind, ScheduleWord.NONE);
  }

  private Chip chip(Address.Parameter parameter, Speech speech) {
    String value = parameter.value();
    String without = set.without(parameter);
    return switch (parameter.name()) {
      case "q" -> new Chip(speech.messages().search(), value, without);
      case "app" -> new Chip(speech.messages().app(), value, without);
      case "state" -> new Chip(speech.jobMessages().status(), stateWord(value, speech), without);
      case "kind" ->
          new Chip(
              speech.jobMessages().schedule(),
              speech.words().scheduleKind(scheduleWord(value)),
              without);
      case "handler" -> new Chip(speech.jobMessages().handler(), value, without);
      case "owner" -> new Chip(speech.jobMessages().owner(), value, without);
      default -> new Chip(speech.jobMessages().labels(), value, without);
    };
  }

  private static String stateWord(String state, Speech speech) {
    return speech.words().jobState(state.equals(ON) ? JobBadge.ON : JobBadge.OFF);
  }

  private static boolean enabled(String state) {
    return switch (state) {
      case ON -> true;
      case OFF -> false;
      default -> throw new BadRequestException("no such state: " + state);
    };
  }

  private static String kind(String kind) {
    if (!KINDS.containsKey(kind)) {
      throw new BadRequestException("no such kind of schedule: " + kind);
    }
    return kind;
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : set.all("label")) {
      int equals = label.indexOf('=');
      if (equals <= 0) {
        throw new BadRequestException("a label is key=value");
      }
      labels.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return labels;
  }

  private static Map<String, ScheduleWord> kinds() {
    Map<String, ScheduleWord> kinds = new LinkedHashMap<>();
    kinds.put("cron", ScheduleWord.CRON);
    kinds.put("fixedRate", ScheduleWord.FIXED_RATE);
    kinds.put("fixedDelay", ScheduleWord.FIXED_DELAY);
    kinds.put("at", ScheduleWord.AT);
    kinds.put("none", ScheduleWord.NONE);
    return kinds;
  }
}
