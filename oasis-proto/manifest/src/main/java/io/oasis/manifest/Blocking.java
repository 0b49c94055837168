package io.oasis.manifest;

/**
 * What happens when a job fires while it still runs.
 *
 * @param strategy the rule
 * @param max runs at once: 1 except for {@link Strategy#PARALLEL}
 * @param queue how many runs may wait; past it a fire is coalesced into the last one waiting
 */
public record Blocking(Strategy strategy, int max, int queue) {
  public static final Blocking DEFAULT = new Blocking(Strategy.SERIAL, 1, 100);

  /** The rules. */
  public enum Strategy {
    /** The new run waits for its turn, in nominal order. */
    SERIAL,
    /** The new run is skipped. */
    DISCARD,
    /** Up to {@code max} at once; further ones wait. */
    PARALLEL,
    /** Up to {@code max} at once; further ones are skipped. */
    PARALLEL_DISCARD,
    /** The old run is killed, then the new one starts. */
    REPLACE
  }
}
