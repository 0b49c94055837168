package io.oasis.server.api;

import io.oasis.server.identity.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Optional;

/** Keeps a token that was made for one app within that app. */
final class Scope {
  private Scope() {}

  /** Ends the request when the caller's token is for another app. */
  static void require(SecurityIdentity identity, String app) {
    Caller caller = Caller.of(identity);
    if (!caller.mayTouch(app)) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN, "the token is for app " + caller.app().orElseThrow() + " only");
    }
  }

  /** Ends the request when the caller's token is for one app: what is asked for concerns all. */
  static void requireAll(SecurityIdentity identity) {
    Caller.of(identity)
        .app()
        .ifPresent(
            only -> {
              throw new ProblemException(
                  ErrorCode.FORBIDDEN, "the token is for app " + only + " only");
            });
  }

  /** The app to filter by: the one that was asked for, or the only one that the token is for. */
  static Optional<String> narrow(SecurityIdentity identity, Optional<String> app) {
    app.ifPresent(asked -> require(identity, asked));
    return app.or(() -> Caller.of(identity).app());
  }
}
