/**
 * The benchmark: Oasis and its peers on one PostgreSQL, each in processes of its own, in
 * interleaved rounds. Here are the main class and its flags.
 */
package io.oasis.bench;
