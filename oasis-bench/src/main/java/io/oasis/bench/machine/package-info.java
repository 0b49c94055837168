/**
 * What the benchmark needs of the machine: processes that it starts, and what the kernel says of
 * their processor time and memory.
 */
package io.oasis.bench.machine;
