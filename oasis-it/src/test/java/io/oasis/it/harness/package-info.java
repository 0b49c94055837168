/**
 * Starts and stops the parts of the platform for tests. A {@link io.oasis.it.harness.Platform} owns
 * every process that it starts, also the PostgreSQL of a server that was killed, and ends them when
 * it is closed or when this Java machine ends.
 */
package io.oasis.it.harness;
