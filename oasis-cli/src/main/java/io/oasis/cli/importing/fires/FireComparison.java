package io.oasis.cli.importing.fires;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * The next fires of a job on both sides, as far as both lists reach.
 *
 * @param compared how many of the source's times were compared
 * @param onlySource times at which only the source fires
 * @param onlyOasis times at which only Oasis fires
 */
public record FireComparison(int compared, List<Instant> onlySource, List<Instant> onlyOasis) {

  /**
   * Compares two lists of next times.
   *
   * @param count how many were asked for: a list that has fewer is complete
   */
  public static FireComparison of(List<Instant> source, List<Instant> oasis, int count) {
    Instant end = earlier(end(source, count), end(oasis, count));
    List<Instant> left = source.stream().filter(t -> !t.isAfter(end)).toList();
    List<Instant> right = oasis.stream().filter(t -> !t.isAfter(end)).toList();
    TreeSet<Instant> onlyLeft = new TreeSet<>(left);
    right.forEach(onlyLeft::remove);
    TreeSet<Instant> onlyRight = new TreeSet<>(right);
    left.forEach(onlyRight::remove);
    return new FireComparison(left.size(), List.copyOf(onlyLeft), List.copyOf(onlyRight));
  }

  private static Instant end(List<Instant> times, int count) {
    return times.size() < count ? Instant.MAX : times.get(times.size() - 1);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** Whether both sides fire at the same times. */
  public boolean agrees() {
    return onlySource.isEmpty() && onlyOasis.isEmpty();
  }
}
