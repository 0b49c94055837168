package io.oasis.bench;

/**
 * Processor time of the three that a dispatch goes through.
 *
 * @param server the server's process
 * @param executor the executor's process
 * @param postgres all processes of PostgreSQL
 */
record Cost(CpuTime server, CpuTime executor, CpuTime postgres) {

  /** What was used since an earlier reading. */
  Cost since(Cost earlier) {
    return new Cost(
        server.since(earlier.server),
        executor.since(earlier.executor),
        postgres.since(earlier.postgres));
  }
}
