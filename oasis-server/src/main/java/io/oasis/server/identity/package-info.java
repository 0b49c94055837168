/**
 * Who may do what: accounts, sessions, tokens, roles, permissions and the audit trail. Tables
 * {@code account}, {@code token} and {@code audit}.
 *
 * <p>Invariants: no secret is stored, only hashes; a token ends by the database's clock; every
 * route names the one {@link io.oasis.server.identity.Permission} that it needs; executor tokens
 * open the executor channel and nothing else.
 */
package io.oasis.server.identity;
