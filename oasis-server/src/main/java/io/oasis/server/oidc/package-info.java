/**
 * Signing in by OpenID Connect: the authorization code flow with PKCE, state and nonce, against one
 * provider that the configuration names. It ends in a session like that of a password (package
 * {@code identity}); nothing of the provider is kept but issuer and subject of the person. Without
 * configuration nothing here does anything, and the provider is asked for its metadata at the first
 * sign-in, not at start. Protocol and signatures are those of Nimbus' library.
 */
package io.oasis.server.oidc;
