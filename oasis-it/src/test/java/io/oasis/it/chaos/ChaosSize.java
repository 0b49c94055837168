package io.oasis.it.chaos;

import java.time.Duration;

/**
 * How large and how long. Together with the seed it decides the jobs and the plan.
 *
 * @param window for how long jobs fire and things are broken
 * @param outage how long PostgreSQL is away
 * @param silence how long an executor is suspended or cut off: longer than its lease
 * @param servers how many servers
 * @param ledgerExecutors executors of the SDK, which note what they do
 * @param workers workers with scripts, which note it too
 * @param jobs how many jobs
 * @param pauseSeconds about how long nothing is broken between two disturbances
 */
record ChaosSize(
    Duration window,
    Duration outage,
    Duration silence,
    int servers,
    int ledgerExecutors,
    int workers,
    int jobs,
    int pauseSeconds) {

  static ChaosSize longForm(int minutes) {
    return new ChaosSize(
        Duration.ofMinutes(minutes),
        Duration.ofSeconds(20),
        Duration.ofSeconds(24),
        3,
        3,
        2,
        200,
        5);
  }

  static ChaosSize shortForm() {
    return new ChaosSize(
        Duration.ofSeconds(34), Duration.ofSeconds(5), Duration.ofSeconds(18), 2, 2, 1, 50, 4);
  }

  Cluster.Size cluster() {
    return new Cluster.Size(servers, ledgerExecutors, workers);
  }

  int executors() {
    return ledgerExecutors + workers;
  }
}
