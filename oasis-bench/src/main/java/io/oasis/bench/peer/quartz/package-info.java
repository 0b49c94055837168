/**
 * Quartz with its JDBC store, clustered, as a contender. It keeps no history: a trigger that has
 * fired for the last time is deleted.
 */
package io.oasis.bench.peer.quartz;
