/**
 * Runs a handler in a unit test, without a server: {@link io.oasis.executor.testing.TestRun} says
 * what the run is like and tells what came out of it.
 */
package io.oasis.executor.testing;
