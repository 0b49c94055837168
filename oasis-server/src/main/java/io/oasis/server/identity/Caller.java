package io.oasis.server.identity;

import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who makes a request.
 *
 * @param tokenId of the token that the request carries
 * @param name of the account, or of the token when no person stands behind it
 * @param kind of the token
 * @param role what it may do; empty for an executor token, which may do nothing here
 * @param app the only app that it may touch; empty: all
 * @param expiresAt when its token ends
 */
public record Caller(
    long tokenId,
    String name,
    Token.Kind kind,
    Optional<Role> role,
    Optional<String> app,
    Instant expiresAt) {
  static final String ATTRIBUTE = "oasis.caller";
  static final String DENIED = "oasis.denied";

  /** As the audit trail and the run ledger name it: tokens cannot pass for people. */
  public String who() {
    return switch (kind) {
      case SESSION -> name;
      case API, EXECUTOR -> "token:" + name;
    };
  }

  /** True when the role includes the permission. */
  public boolean may(Permission permission) {
    return role.isPresent() && role.get().may(permission);
  }

  /** True when the app is within the caller's scope. */
  public boolean mayTouch(String appName) {
    return app.isEmpty() || app.get().equals(appName);
  }

  /**
   * The caller of the current request.
   *
   * @throws IllegalStateException on a route that anybody may call
   */
  public static Caller of(SecurityIdentity identity) {
    return find(identity)
        .orElseThrow(() -> new IllegalStateException("nobody has signed in for this request"));
  }

  /** The caller of the current request, if somebody has signed in. */
  public static Optional<Caller> find(SecurityIdentity identity) {
    return Optional.ofNullable(identity.getAttribute(ATTRIBUTE));
  }

  /** The permission that was asked for last and that the caller does not have. */
  public static Optional<String> deniedPermission(SecurityIdentity identity) {
    AtomicReference<String> denied = identity.getAttribute(DENIED);
    return denied == null ? Optional.empty() : Optional.ofNullable(denied.get());
  }
}
