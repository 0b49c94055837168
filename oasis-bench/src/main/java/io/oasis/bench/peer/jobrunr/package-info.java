/**
 * JobRunr as a contender: its background server on PostgreSQL, with Jackson. It keeps every job
 * with its history as one JSON text.
 */
package io.oasis.bench.peer.jobrunr;
