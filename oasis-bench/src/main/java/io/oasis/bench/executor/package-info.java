/** The executor of the benchmark: a process of its own, made with the public SDK. */
package io.oasis.bench.executor;
