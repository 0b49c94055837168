package io.oasis.server.alarm;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that is said to one address: a row of the outbox.
 *
 * @param id of the row
 * @param event what is said
 * @param run that it is about
 * @param channel the way by which it is said
 * @param address who it is said to
 * @param state whether it has been said
 * @param attempts how often it was tried
 * @param createdAt when it became true
 * @param dueAt when it is tried next, while it is pending
 * @param sentAt when the mail server took it
 * @param error why it was not said yet, or never
 */
public record Delivery(
    long id,
    Event event,
    long run,
    Channel channel,
    String address,
    State state,
    int attempts,
    Instant createdAt,
    Instant dueAt,
    Optional<Instant> sentAt,
    Optional<String> error) {

  /** The way by which something is said. */
  public enum Channel {
    MAIL,
    WEBHOOK
  }

  /** What is said. */
  public enum Event {
    OPENED,
    REPEATED,
    RECOVERED
  }

  /** Whether it has been said. */
  public enum State {
    /** It waits, or is tried again. */
    PENDING,
    SENT,
    /** It was given up. */
    FAILED
  }
}
