package io.oasis.server.log;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a reader has seen of a run's log: the last line of each part, so that lines of one part that
 * come late are not jumped over because of lines of another.
 *
 * <p>Written as {@code attempt.member.seq}, several of them with commas: {@code 1.0.37,2.0.5}; the
 * next member of the same attempt needs only its number: {@code 1.1.5,7,0}. Parts of attempts
 * before the first one that is named count as seen.
 *
 * @param seen the last line of each part
 */
public record LogPosition(SortedMap<Part, Long> seen) {
  public static final LogPosition START = new LogPosition(new TreeMap<>());
  private static final int MOST_PARTS = 10_000;

  /** The lines of one attempt, or of one member of a broadcast's attempt. */
  public record Part(int attempt, int member) implements Comparable<Part> {
    @Override
    public int compareTo(Part other) {
      int byAttempt = Integer.compare(attempt, other.attempt);
      return byAttempt != 0 ? byAttempt : Integer.compare(member, other.member);
    }
  }

  /** Behind one line. */
  public LogPosition(int attempt, int member, long seq) {
    this(new TreeMap<>(Map.of(new Part(attempt, member), seq)));
  }

  /** Reads the written form; empty when it is not of that form. */
  public static Optional<LogPosition> parse(String text) {
    SortedMap<Part, Long> seen = new TreeMap<>();
    String[] items = text.split(",", -1);
    if (items.length > MOST_PARTS) {
      return Optional.empty();
    }
    Part part = null;
    try {
      for (String item : items) {
        String[] numbers = item.split("\\.", -1);
        if (numbers.length == 3) {
          part = new Part(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        } else if (numbers.length == 1 && part != null) {
          part = new Part(part.attempt(), part.member() + 1);
        } else {
          return Optional.empty();
        }
        seen.put(part, Long.parseLong(numbers[numbers.length - 1]));
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.of(new LogPosition(seen));
  }

  /** The position behind these lines as well. */
  LogPosition behind(Map<Part, Long> more) {
    SortedMap<Part, Long> together = new TreeMap<>(seen);
    together.putAll(more);
    return new LogPosition(together);
  }

  /** The attempt of the last part that is named; 0 at the start. */
  public int attempt() {
    return seen.isEmpty() ? 0 : seen.lastKey().attempt();
  }

  /** The member of the last part that is named; 0 at the start. */
  public int member() {
    return seen.isEmpty() ? 0 : seen.lastKey().member();
  }

  /** Attempts before this one are not read any more. */
  int firstAttempt() {
    return seen.isEmpty() ? 0 : seen.firstKey().attempt();
  }

  @Override
  public String toString() {
    if (seen.isEmpty()) {
      return "0.0.0";
    }
    StringBuilder text = new StringBuilder();
    Part before = null;
    for (Map.Entry<Part, Long> entry : seen.entrySet()) {
      Part part = entry.getKey();
      if (before != null) {
        text.append(',');
      }
      if (before == null
          || part.attempt() != before.attempt()
          || part.member() != before.member() + 1) {
        text.append(part.attempt()).append('.').append(part.member()).append('.');
      }
      text.append(entry.getValue());
      before = part;
    }
    return text.toString();
  }
}
