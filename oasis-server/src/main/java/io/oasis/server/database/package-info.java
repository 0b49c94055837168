/**
 * The one way to speak SQL: transactions as values, rows without {@code java.sql}. Only this
 * package touches JDBC, and only the {@code *Store} classes of the features call it. A store's
 * method takes the {@link io.oasis.server.database.Tx} that it belongs to, so that a reader sees at
 * the call what is one transaction.
 */
package io.oasis.server.database;
