package io.oasis.server.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Chooses the language of a page: the viewer's own choice first, then what the browser prefers. Any
 * Chinese ({@code zh}, {@code zh-Hans-CN}, {@code zh-TW}) is answered in simplified Chinese, which
 * is nearer than English.
 */
final class LocaleNegotiator {
  static final Locale ENGLISH = Locale.ENGLISH;
  static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;

  private LocaleNegotiator() {}

  /**
   * The language of a page.
   *
   * @param chosen content of the language cookie; null: none
   * @param acceptLanguage the header as the browser sent it; null: none
   */
  static Locale negotiate(String chosen, String acceptLanguage) {
    return known(chosen).or(() -> preferred(acceptLanguage)).orElse(ENGLISH);
  }

  /** The language of a tag, if the console speaks it. */
  static Optional<Locale> known(String tag) {
    if (tag == null) {
      return Optional.empty();
    }
    return switch (tag.strip().split("[-_]", 2)[0].toLowerCase(Locale.ROOT)) {
      case "zh" -> Optional.of(CHINESE);
      case "en" -> Optional.of(ENGLISH);
      default -> Optional.empty();
    };
  }

  private static Optional<Locale> preferred(String acceptLanguage) {
    if (acceptLanguage == null) {
      return Optional.empty();
    }
    List<Weighted> ranges = new ArrayList<>();
    for (String range : acceptLanguage.split(",", 64)) {
      Weighted.parse(range).ifPresent(ranges::add);
    }
    // A stable sort: of equal weights, the one that the browser named first.
    ranges.sort(Comparator.comparingDouble(Weighted::weight).reversed());
    return ranges.stream().flatMap(range -> known(range.tag()).stream()).findFirst();
  }

  private record Weighted(String tag, double weight) {
    static Optional<Weighted> parse(String range) {
      String[] parts = range.split(";", 2);
      double weight = 1;
      if (parts.length == 2) {
        String q = parts[1].strip();
        try {
          weight = q.startsWith("q=") ? Double.parseDouble(q.substring(2)) : 1;
        } catch (NumberFormatException e) {
          return Optional.empty();
        }
      }
      return weight > 0 ? Optional.of(new Weighted(parts[0].strip(), weight)) : Optional.empty();
    }
  }
}
