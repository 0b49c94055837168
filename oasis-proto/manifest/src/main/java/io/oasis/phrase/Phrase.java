package io.oasis.phrase;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something said: a code, and what it is about.
 *
 * @param saying what is said
 * @param arguments by the names of the saying's places, in their order; each a text or a phrase
 */
public record Phrase(Saying saying, Map<String, Object> arguments) {
  private static final Pattern PLACE = Pattern.compile("<([a-z]+)>");

  /**
   * A phrase with its arguments in the order of the saying's places. A place that stands twice has
   * one argument.
   *
   * @throws IllegalArgumentException when there are not as many as the saying has places
   */
  static Phrase of(Saying saying, Object... values) {
    List<String> places = saying.places();
    if (places.size() > values.length) {
      throw new IllegalArgumentException(saying + " has no argument " + places.get(values.length));
    }
    if (places.size() < values.length) {
      throw new IllegalArgumentException(saying + " has " + places.size() + " arguments");
    }
    if (places.isEmpty()) {
      return new Phrase(saying, Map.of());
    }
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      arguments.put(places.get(i), value instanceof Phrase ? value : String.valueOf(value));
    }
    return new Phrase(saying, Collections.unmodifiableMap(arguments));
  }

  /** The names of the places of a wording, each once, in their order. */
  static List<String> places(String wording) {
    Set<String> names = new LinkedHashSet<>();
    Matcher places = PLACE.matcher(wording);
    while (places.find()) {
      names.add(places.group(1));
    }
    return List.copyOf(names);
  }

  /** A text that is what it is in every language. */
  public static Phrase plain(String text) {
    return Saying.PLAIN.of(text);
  }

  /**
   * The text in a language.
   *
   * @param words the wording of each saying, with its places in angle brackets
   */
  public String in(Function<Saying, String> words) {
    Matcher places = PLACE.matcher(words.apply(saying));
    return places.replaceAll(place -> Matcher.quoteReplacement(argument(place.group(1), words)));
  }

  private String argument(String name, Function<Saying, String> words) {
    Object value = Objects.requireNonNull(arguments.get(name), name);
    return value instanceof Phrase phrase ? phrase.in(words) : (String) value;
  }

  /**
   * What is said, for programs: the saying's name in lower case, for example {@code unknown_field}.
   * Empty for a plain text.
   */
  public Optional<String> code() {
    return saying == Saying.PLAIN
        ? Optional.empty()
        : Optional.of(saying.name().toLowerCase(Locale.ROOT));
  }

  /** The English text. */
  @Override
  public String toString() {
    return in(Saying::english);
  }
}
