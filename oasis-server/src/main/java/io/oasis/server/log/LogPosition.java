package io.oasis.server.log;

import java.util.Optional;

/** The last line that a reader has seen; written {@code attempt.member.seq}. */
public record LogPosition(int attempt, int member, long seq) implements Comparable<LogPosition> {
  public static final LogPosition START = new LogPosition(0, 0, 0);

  /** Reads {@code 1.0.37}; empty when it is not of that form. */
  public static Optional<LogPosition> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LogPosition(
              Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(LogPosition other) {
    int byAttempt = Integer.compare(attempt, other.attempt);
    int byMember = byAttempt != 0 ? byAttempt : Integer.compare(member, other.member);
    return byMember != 0 ? byMember : Long.compare(seq, other.seq);
  }

  @Override
  public String toString() {
    return attempt + "." + member + "." + seq;
  }
}
