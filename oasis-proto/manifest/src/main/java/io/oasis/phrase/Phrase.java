package io.oasis.phrase;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
    Map<String, Object> arguments = new LinkedHashMap<>();
    Matcher places = PLACE.matcher(saying.english());
    while (places.find()) {
      if (!arguments.containsKey(places.group(1)) && arguments.size() < values.length) {
        Object value = values[arguments.size()];
        arguments.put(places.group(1), value instanceof Phrase ? value : String.valueOf(value));
      } else if (!arguments.containsKey(places.group(1))) {
        throw new IllegalArgumentException(saying + " has no argument " + places.group(1));
      }
    }
    if (arguments.size() != values.length) {
      throw new IllegalArgumentException(saying + " has " + arguments.size() + " arguments");
    }
    return new Phrase(saying, Collections.unmodifiableMap(arguments));
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

  /** The English text. */
  @Override
  public String toString() {
    return in(Saying::english);
  }
}
