/**
 * The business log of runs: batches of lines, kept in order by sequence number, each line once.
 * Table {@code run_log}.
 */
package io.oasis.server.log;
