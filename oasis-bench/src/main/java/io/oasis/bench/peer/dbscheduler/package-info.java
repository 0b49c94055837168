/**
 * db-scheduler as a contender. It keeps no history: a one-time task's row is deleted when it is
 * done.
 */
package io.oasis.bench.peer.dbscheduler;
