/**
 * Keeps values of secret parameters from being shown. Table {@code mark_key}.
 *
 * <p>Invariant: what leaves the server for people (plans, exports, the audit trail, traces) holds a
 * mark in place of a plain value whose param's name says that it is a secret. Values behind {@code
 * secretRef} never reach the server.
 */
package io.oasis.server.secret;
