package io.oasis.manifest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told when a run ends badly.
 *
 * @param on what counts; empty: nobody is told
 * @param mail addresses; the word {@code owner} stands for the job's owner
 * @param repeat how long after the last word the next failure is told again; empty: never
 * @param recovery whether the end of the trouble is told as well
 * @param language of the mails, {@code en} or {@code zh-CN}; empty: the server's
 */
public record Alarm(
    Set<Event> on,
    List<String> mail,
    Optional<Duration> repeat,
    boolean recovery,
    Optional<String> language) {
  /** When the manifest says nothing of repeats. */
  public static final Duration USUAL_REPEAT = Duration.ofHours(4);

  public static final Alarm NONE = new Alarm(Set.of(), List.of());

  /** What an alarm can be about. */
  public enum Event {
    FAILURE,
    TIMEOUT,
    LOST,
    MISSED
  }

  /** With the usual repeats, a word of recovery, and in the server's language. */
  public Alarm(Set<Event> on, List<String> mail) {
    this(on, mail, Optional.of(USUAL_REPEAT), true, Optional.empty());
  }
}
