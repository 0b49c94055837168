package io.oasis.server.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known of one run.
 *
 * @param run its row
 * @param events what happened, oldest first
 * @param attempts earlier attempts and members of a broadcast, in order, the current attempt last
 * @param result what the handler gave back
 */
public record RunTrace(
    RunView run, List<Event> events, List<Attempt> attempts, Optional<String> result) {

  /**
   * One step in the life of a run.
   *
   * @param at by the database's clock
   * @param kind what happened
   * @param attempt in which attempt
   * @param reason a code
   * @param detail one line for people
   * @param who the person or the server's duty
   */
  public record Event(
      Instant at,
      RunEvent kind,
      int attempt,
      Optional<String> reason,
      Optional<String> detail,
      Optional<String> who) {}

  /**
   * One attempt on one node.
   *
   * @param number from 1
   * @param member 0, or the number of a broadcast's member from 1
   * @param node its id
   * @param nodeWhy why the routing strategy chose that node, one line
   * @param state now
   * @param reason a code
   * @param message one line for people
   * @param dispatched when it was handed over
   * @param started when the node began
   * @param finished when it ended
   * @param result what the handler gave back
   */
  public record Attempt(
      int number,
      int member,
      Optional<String> node,
      Optional<String> nodeWhy,
      RunState state,
      Optional<String> reason,
      Optional<String> message,
      Optional<Instant> dispatched,
      Optional<Instant> started,
      Optional<Instant> finished,
      Optional<String> result) {}
}
