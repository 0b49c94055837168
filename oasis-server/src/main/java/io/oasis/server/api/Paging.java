package io.oasis.server.api;

import java.util.Optional;

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
}
