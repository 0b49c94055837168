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
 * @param access what it may do, and where; an executor token may do nothing here
 * @param expiresAt when its token ends
 */
public record Caller(long tokenId, String name, Token.Kind kind, Access access, Instant expiresAt) {
  static final String ATTRIBUTE = "oasis.caller";
  static final String DENIED = "oasis.denied";
  static final String GRANTED = "oasis.granted";

  /** As the audit trail and the run ledger name it: tokens cannot pass for people. */
  public String who() {
    return switch (kind) {
      case SESSION -> name;
      case API, EXECUTOR -> "token:" + name;
    };
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

  /**
   * The permission that the route of the current request names, and that the caller has somewhere.
   *
   * @throws IllegalStateException on a route that anybody may call
   */
  public static Permission permissionOfRoute(SecurityIdentity identity) {
    AtomicReference<Permission> granted = identity.getAttribute(GRANTED);
    if (granted == null || granted.get() == null) {
      throw new IllegalStateException("the route of this request names no permission");
    }
    return granted.get();
  }

  /** The permission that was asked for last and that the caller does not have. */
  public static Optional<String> deniedPermission(SecurityIdentity identity) {
    AtomicReference<String> denied = identity.getAttribute(DENIED);
    return denied == null ? Optional.empty() : Optional.ofNullable(denied.get());
  }
}
