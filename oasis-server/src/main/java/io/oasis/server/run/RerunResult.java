package io.oasis.server.run;

/** What became of asking to repeat a run. */
public sealed interface RerunResult {
  /** A new run that points to the old one. */
  record Created(RunView run) implements RerunResult {}

  /** The idempotency key was used within the last 24 hours: this is that run. */
  record SeenBefore(RunView run) implements RerunResult {}

  /** No such run. */
  record NoSuchRun() implements RerunResult {}

  /** Its job is deleted. */
  record JobGone() implements RerunResult {}

  /** The job's queue is full. */
  record QueueFull(int queue) implements RerunResult {}
}
