package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.ui.row.Choice;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The filters of a list as its address holds them, so that a link shows the same to whoever opens
 * it. What each of them means is the list's own affair.
 *
 * @param path of the list
 * @param parameters those that are set, in a fixed order
 */
record FilterQuery(String path, List<Address.Parameter> parameters) {

  /**
   * Reads the query of a request; what is empty is left out, what is not a filter as well.
   *
   * @param names of the filters, in the order that addresses have them
   */
  static FilterQuery of(String path, List<String> names, MultivaluedMap<String, String> query) {
    List<Address.Parameter> set = new ArrayList<>();
    for (String name : names) {
      for (String value : query.getOrDefault(name, List.of())) {
        Address.Parameter parameter = new Address.Parameter(name, value.strip());
        if (!parameter.value().isEmpty() && !set.contains(parameter)) {
          set.add(parameter);
        }
      }
    }
    return new FilterQuery(path, List.copyOf(set));
  }

  /** The same with one parameter set to a value in place of all that it has; empty: to none. */
  FilterQuery set(String name, String value) {
    List<Address.Parameter> others =
        parameters.stream().filter(p -> !p.name().equals(name)).toList();
    return new FilterQuery(path, new Address(path, others).with(name, value).parameters());
  }

  /** The address of the list with these filters. */
  Address address() {
    return new Address(path, parameters);
  }

  /** The address of the list without one of these filters. */
  String without(Address.Parameter parameter) {
    return address().without(parameter.name(), parameter.value()).toString();
  }

  /** The values of a filter that may stand more than once. */
  List<String> all(String name) {
    return parameters.stream()
        .filter(p -> p.name().equals(name))
        .map(Address.Parameter::value)
        .toList();
  }

  /** The value of a filter; the first when it stands more than once. */
  Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** The value of a filter as a form shows it. */
  String text(String name) {
    return first(name).orElse("");
  }

  /**
   * The constants that a filter names.
   *
   * @throws BadRequestException for one that nobody knows
   */
  <E extends Enum<E>> Set<E> constants(String name, Class<E> type) {
    Set<E> set = EnumSet.noneOf(type);
    for (String value : all(name)) {
      try {
        set.add(Enum.valueOf(type, value));
      } catch (IllegalArgumentException e) {
        throw new BadRequestException(e);
      }
    }
    return set;
  }

  /** The job of the filter {@code job}; a name alone is that of a job of the chosen app. */
  Optional<JobKey> job() {
    return first("job")
        .map(
            text -> {
              int slash = text.indexOf('/');
              return slash < 0
                  ? new JobKey(text("app"), text)
                  : new JobKey(text.substring(0, slash), text.substring(slash + 1));
            });
  }

  /**
   * An instant of a link, or the local time of a form field.
   *
   * @throws BadRequestException for what is neither
   */
  Optional<Instant> instant(String name, ZoneId zone) {
    return first(name).map(text -> instantOf(text, zone));
  }

  /** As {@link #instant}, of a text. */
  static Instant instantOf(String text, ZoneId zone) {
    try {
      return text.endsWith("Z")
          ? Instant.parse(text)
          : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new BadRequestException(e);
    }
  }

  /** The choices of the filter {@code app}; the chosen one is there even if nobody sees it. */
  List<Choice> apps(List<String> names) {
    Optional<String> app = first("app");
    return Stream.concat(names.stream(), app.stream())
        .distinct()
        .map(name -> new Choice(name, name, app.equals(Optional.of(name))))
        .toList();
  }

  /** What a button says that opens the choices of a filter: all, the one chosen, or how many. */
  static <E> String chosen(Set<E> values, Function<E, String> word, Speech speech) {
    return switch (values.size()) {
      case 0 -> speech.messages().all();
      case 1 -> word.apply(values.iterator().next());
      default -> speech.sentences().chosenCount(Integer.toString(values.size()));
    };
  }
}
