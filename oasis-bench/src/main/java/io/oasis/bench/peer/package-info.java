/**
 * The frame of a contender that runs in one process of its own: what it must be able to do, the
 * lines by which the benchmark drives it, and the record of its handler's calls. Each contender is
 * a main class in a package below.
 */
package io.oasis.bench.peer;
