/**
 * A cluster of real processes on one PostgreSQL that is disturbed by a plan made from a seed, and
 * what must be true of it afterwards, read from the database and from what the executors wrote
 * outside of it. The long form is {@code make chaos}; the short one is a test like any other.
 */
package io.oasis.it.chaos;
