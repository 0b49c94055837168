package io.oasis.server.alarm;

import io.oasis.server.run.RunView;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What one address is to be told at once: everything that a message about it can say.
 *
 * @param id of the message; the same however often it is tried
 * @param address who is told
 * @param language in which
 * @param items at least one, oldest first
 */
public record Notice(long id, String address, Language language, List<Item> items) {

  /**
   * One thing to say.
   *
   * @param event what happened
   * @param incident it belongs to
   * @param failures of the incident at that time
   * @param at when it happened
   * @param zone of the job, to say times in
   * @param run that it is about; empty: its history is dropped
   * @param lastLines of its log; only of a notice with one item
   */
  public record Item(
      Delivery.Event event,
      Incident incident,
      long failures,
      Instant at,
      ZoneId zone,
      Optional<RunView> run,
      List<String> lastLines) {}
}
