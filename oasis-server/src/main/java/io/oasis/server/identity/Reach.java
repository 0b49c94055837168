package io.oasis.server.identity;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How far a caller sees: all apps, or some. Lists and counts leave out what lies beyond. */
public sealed interface Reach {
  /** All apps, and what belongs to none. */
  record Everything() implements Reach {}

  /**
   * Some apps.
   *
   * @param apps their names; may be empty
   */
  record Only(Set<String> apps) implements Reach {
    public Only {
      apps = Set.copyOf(apps);
    }
  }

  /** True when the app lies within. */
  default boolean covers(String app) {
    return switch (this) {
      case Everything() -> true;
      case Only(Set<String> apps) -> apps.contains(app);
    };
  }

  /** One app, if it lies within; nothing, if it does not; all of this, when none is named. */
  default Reach within(Optional<String> app) {
    return app.<Reach>map(name -> new Only(covers(name) ? Set.of(name) : Set.of())).orElse(this);
  }

  /** The names in order, for a query; empty: all apps. */
  default Optional<Set<String>> names() {
    return switch (this) {
      case Everything() -> Optional.empty();
      case Only(Set<String> apps) -> Optional.of(new TreeSet<>(apps));
    };
  }
}
