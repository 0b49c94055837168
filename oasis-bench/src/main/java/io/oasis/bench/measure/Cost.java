package io.oasis.bench.measure;

import io.oasis.bench.machine.Child;
import io.oasis.bench.machine.CpuTime;
import io.oasis.bench.oasis.Cluster;
import io.oasis.bench.postgres.BenchPostgres;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time of the three that a dispatch goes through.
 *
 * @param server all servers
 * @param executor all executors
 * @param postgres all processes of PostgreSQL
 */
record Cost(CpuTime server, CpuTime executor, CpuTime postgres) {

  /** What was used up to now. */
  static Cost now(Cluster cluster, BenchPostgres postgres) {
    return new Cost(
        sum(cluster.servers().stream().map(server -> server.process())),
        sum(cluster.executors().stream()),
        postgres.cpu());
  }

  /** What was used since an earlier reading. */
  Cost since(Cost earlier) {
    return new Cost(
        server.since(earlier.server),
        executor.since(earlier.executor),
        postgres.since(earlier.postgres));
  }

  /** As figures for each of some runs. */
  Map<String, Double> perRun(int runs) {
    return Map.of(
        "serverCpuMicros", (double) server.micros() / runs,
        "executorCpuMicros", (double) executor.micros() / runs,
        "postgresCpuMicros", (double) postgres.micros() / runs);
  }

  private static CpuTime sum(Stream<Child> processes) {
    return processes.map(Child::cpu).reduce(new CpuTime(0), CpuTime::plus);
  }
}
