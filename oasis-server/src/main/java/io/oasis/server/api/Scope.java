package io.oasis.server.api;

import io.oasis.server.identity.Access;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Reach;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Optional;
import java.util.Set;

/** Keeps a caller within the apps in which he has the permission that the route names. */
final class Scope {
  private Scope() {}

  /** Ends the request when the caller may not do in this app what the route does. */
  static void require(SecurityIdentity identity, String app) {
    Permission permission = Caller.permissionOfRoute(identity);
    if (!access(identity).may(permission, app)) {
      throw forbidden(identity, permission.word() + " in app " + app);
    }
  }

  /**
   * Ends the request when the caller may not do one thing more in this app than the route needs.
   */
  static void require(SecurityIdentity identity, String app, Permission more) {
    if (!access(identity).may(more, app)) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN,
          "this needs the permission %s in app %s, which %s does not have"
              .formatted(more.word(), app, Caller.of(identity).who()));
    }
  }

  /** Ends the request unless the caller may everywhere: what is asked for concerns all apps. */
  static void requireAll(SecurityIdentity identity) {
    Permission permission = Caller.permissionOfRoute(identity);
    if (!access(identity).mayEverywhere(permission)) {
      throw forbidden(identity, permission.word() + " in all apps");
    }
  }

  /** The apps in which the caller may do what the route does. */
  static Reach reach(SecurityIdentity identity) {
    return access(identity).reach(Caller.permissionOfRoute(identity));
  }

  /** The apps to filter by: the one that was asked for, or all that the caller sees. */
  static Reach narrow(SecurityIdentity identity, Optional<String> app) {
    app.ifPresent(asked -> require(identity, asked));
    return app.<Reach>map(asked -> new Reach.Only(Set.of(asked))).orElseGet(() -> reach(identity));
  }

  private static Access access(SecurityIdentity identity) {
    return Caller.of(identity).access();
  }

  private static ProblemException forbidden(SecurityIdentity identity, String needed) {
    Reach reach = reach(identity);
    String where =
        switch (reach) {
          case Reach.Everything() -> "in all apps";
          case Reach.Only(Set<String> apps) -> "only in " + String.join(", ", apps);
        };
    return new ProblemException(
        ErrorCode.FORBIDDEN,
        "this needs the permission "
            + needed
            + "; "
            + Caller.of(identity).who()
            + " has it "
            + where);
  }
}
