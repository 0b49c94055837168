package io.oasis.server.alarm;

/** What became of telling somebody. */
public sealed interface SendResult {

  /** It was taken. */
  record Sent() implements SendResult {}

  /** It will never be taken: the address is wrong. */
  record Refused(String why) implements SendResult {}

  /** It was not taken now: later it may be. */
  record NotNow(String why) implements SendResult {}
}
