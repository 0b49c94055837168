package io.oasis.it.chaos;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is known after a chaos run.
 *
 * @param fleet the jobs and their window
 * @param history what the database says
 * @param executions what the executors noted outside of it
 * @param disabled jobs that were disabled for a while
 * @param proof what the server's own proof of its ledger finds wrong
 */
record Evidence(
    Director.Fleet fleet,
    History history,
    List<Execution> executions,
    Set<String> disabled,
    List<String> proof) {

  ChaosJob job(String key) {
    return fleet.jobs().get(key);
  }

  Map<Long, List<Execution>> executionsByRun() {
    return Execution.byRun(executions);
  }
}
