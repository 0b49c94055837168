/**
 * The private PostgreSQL of the one-command start. It is the same engine that production uses, kept
 * in the data folder, durable, reachable from this machine only and with a password of its own. A
 * configured {@code OASIS_DB_URL} keeps all of this package idle.
 */
package io.oasis.server.embedded;
