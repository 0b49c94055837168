/**
 * {@code make seed}: fills a database with a long history, so that pages, checks and benchmarks can
 * be tried at its size.
 *
 * <p>The server makes the schema and the partitions, and the jobs come through its REST API, as
 * anybody's do. Only the history is written here, with set-based SQL, a day at a time: as the
 * schedules of the jobs would have made it, so that {@code oasis verify} finds nothing in it. The
 * same seed, sizes and end give the same rows.
 */
package io.oasis.bench.seed;
