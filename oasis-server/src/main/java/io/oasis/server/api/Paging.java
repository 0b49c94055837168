package io.oasis.server.api;

import io.oasis.manifest.JobKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The query parameters of lists. */
final class Paging {
  private static final int DEFAULT = 50;
  private static final int MAX = 500;

  private Paging() {}

  /** How many items a page has. */
  static int limit(Optional<Integer> asked) {
    int limit = asked.orElse(DEFAULT);
    if (limit < 1 || limit > MAX) {
      throw ProblemException.invalidRequest("limit must be from 1 to " + MAX);
    }
    return limit;
  }

  /** A cursor that no list has given out. */
  static ProblemException badCursor() {
    return ProblemException.invalidRequest("the cursor is not one that this list has given out");
  }

  /** A job as {@code app/name}. */
  static JobKey job(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      throw ProblemException.invalidRequest("job must be app/name, not '" + text + "'");
    }
    return new JobKey(text.substring(0, slash), text.substring(slash + 1));
  }

  /** A moment; the request ends when it is none. */
  static Instant instant(String parameter, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw ProblemException.invalidRequest(
          parameter + " must be an instant such as 2026-11-22T10:00:00Z, not '" + text + "'");
    }
  }

  /** Constants, separated by commas, in whatever case; the request ends when one is unknown. */
  static <E extends Enum<E>> Set<E> words(String parameter, Optional<String> text, Class<E> type) {
    Set<E> found = EnumSet.noneOf(type);
    for (String word : text.map(t -> t.split(",")).orElse(new String[0])) {
      try {
        found.add(Enum.valueOf(type, word.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw ProblemException.invalidRequest(
            parameter
                + " '"
                + word
                + "' is not one of "
                + String.join(
                    ", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList()));
      }
    }
    return found;
  }
}
