package io.oasis.bench;

/**
 * One round: the reference and both scenarios, close together in time.
 *
 * @param reference plain SQL on the same PostgreSQL
 * @param burst jobs that are all due at once
 * @param steady jobs that are due on every second, as many on each
 */
record Round(ReferenceLoop.Result reference, Measurement burst, Measurement steady) {

  /** Throughput as a share of the reference's, in percent. */
  double ratio() {
    return 100 * burst.runsPerSecond() / reference.rowsPerSecond();
  }
}
