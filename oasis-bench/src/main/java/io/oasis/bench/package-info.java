/**
 * The benchmark: starts the built server with its own PostgreSQL and one executor as processes,
 * lets jobs run, proves that every one of them ran exactly once, and says how fast. Nothing of the
 * server is on its class path; it talks REST as any program would.
 */
package io.oasis.bench;
