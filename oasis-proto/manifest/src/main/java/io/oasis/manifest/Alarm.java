package io.oasis.manifest;

import java.util.List;
import java.util.Set;

/**
 * Who is told when a run ends badly.
 *
 * @param on what counts
 * @param mail addresses; the word {@code owner} stands for the job's owner
 */
public record Alarm(Set<Event> on, List<String> mail) {
  public static final Alarm NONE = new Alarm(Set.of(), List.of());

  /** What an alarm can be about. */
  public enum Event {
    FAILURE,
    TIMEOUT,
    LOST,
    MISSED
  }
}
