package io.oasis.server.drift;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What differs from what sources applied.
 *
 * @param total how many objects they own
 * @param commit with which the source changed an object last; empty: nobody said
 * @param items the objects that differ, by kind and name
 */
public record Drift(int total, Optional<String> commit, List<Item> items) {

  /** How an object differs. */
  public enum Kind {
    /** Fields of it. */
    CHANGED,
    /** It is gone. */
    DELETED
  }

  /**
   * An object that differs.
   *
   * @param object {@code job billing/nightly}
   * @param source that owns it
   * @param fields what differs, in the order of the normal form; empty when it is gone
   * @param last the newest change that makes it differ
   */
  public record Item(
      String object, String source, Kind kind, List<Field> fields, Optional<Made> last) {}

  /**
   * A field that differs.
   *
   * @param applied what the source applied; null: nothing
   * @param now what it is; null: nothing
   * @param made who made it so
   */
  public record Field(String path, String applied, String now, Optional<Made> made) {}

  /**
   * A change by hand.
   *
   * @param by who
   * @param at when
   * @param via api or console; empty: not known
   * @param reason as they said; empty: they did not say
   */
  public record Made(String by, Instant at, Optional<String> via, Optional<String> reason) {}
}
