/**
 * The PostgreSQL that all contenders share, started for the benchmark alone, and what it can do
 * when nobody but SQL asks: the ceiling. Owns the tables {@code bench_job} and {@code bench_run},
 * in databases of their own.
 */
package io.oasis.bench.postgres;
