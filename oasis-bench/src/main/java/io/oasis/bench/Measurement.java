package io.oasis.bench;

/**
 * What one batch of jobs showed.
 *
 * @param scenario which kind of batch
 * @param round counted from 1
 * @param runs how many, all of them proven to have run exactly once
 * @param startToFinishSeconds from the first call of the handler to the last finish in the ledger
 * @param dueToFinishSeconds from the first due time to the last finish in the ledger
 * @param cost processor time from one second before the first due time to the end
 * @param lateMicros how late the handler was called
 * @param load the load average of the machine at the end
 */
record Measurement(
    String scenario,
    int round,
    int runs,
    double startToFinishSeconds,
    double dueToFinishSeconds,
    Cost cost,
    Spread lateMicros,
    double load) {

  double runsPerSecond() {
    return runs / startToFinishSeconds;
  }

  double runsPerSecondFromDue() {
    return runs / dueToFinishSeconds;
  }

  /** Microseconds of processor time for each run. */
  double perRun(CpuTime total) {
    return (double) total.micros() / runs;
  }
}
