package io.oasis.executor;

/** Where a line of a run's log came from. */
public enum LogStream {
  /** The handler's own words. */
  HANDLER,
  /** Standard output of a process that the handler started. */
  STDOUT,
  /** Standard error of a process that the handler started. */
  STDERR,
  /** Words of the executor itself, for example "stopped after 10 s of grace". */
  SYSTEM
}
