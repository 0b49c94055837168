package io.oasis.server.run;

/** What became of a trigger by hand. */
public sealed interface TriggerResult {
  /** A new run. */
  record Created(RunView run) implements TriggerResult {}

  /** The idempotency key was used within the last 24 hours: this is that run. */
  record SeenBefore(RunView run) implements TriggerResult {}

  /** No such job, or none any more. */
  record NoSuchJob() implements TriggerResult {}

  /** The job's queue is full. */
  record QueueFull(int queue) implements TriggerResult {}
}
