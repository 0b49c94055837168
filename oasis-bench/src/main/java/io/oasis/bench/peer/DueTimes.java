package io.oasis.bench.peer;

/**
 * When the jobs of a batch are due: evenly spread, or all at once.
 *
 * @param firstMicros time of the first, in microseconds since 1970
 * @param apartMicros between two jobs; 0: all at once
 * @param count how many jobs
 */
public record DueTimes(long firstMicros, long apartMicros, int count) {
  private static final long MICROS_PER_SECOND = 1_000_000;

  /** All at once. */
  public static DueTimes atOnce(long micros, int count) {
    return new DueTimes(micros, 0, count);
  }

  /** So many on each second, evenly spread within it. */
  public static DueTimes spread(long firstMicros, int perSecond, int seconds) {
    return new DueTimes(firstMicros, MICROS_PER_SECOND / perSecond, perSecond * seconds);
  }

  /** Reads what {@link #line} has written. */
  public static DueTimes parse(String line) {
    String[] words = line.split(" ", -1);
    return new DueTimes(
        Long.parseLong(words[0]), Long.parseLong(words[1]), Integer.parseInt(words[2]));
  }

  /** As one line for another process. */
  public String line() {
    return firstMicros + " " + apartMicros + " " + count;
  }

  /** The time of a job, counted from 0. */
  public long micros(int job) {
    return firstMicros + job * apartMicros;
  }

  /** The time of the last job. */
  public long lastMicros() {
    return micros(count - 1);
  }
}
