package io.oasis.server.channel;

import io.grpc.Status;
import io.oasis.server.app.Apps;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Whether a token opens an app; the first executor of an app makes it. Blocks. */
@ApplicationScoped
public class Doorkeeper {
  /** What executors of an app that was removed are told. */
  static final Status REMOVED =
      Status.NOT_FOUND.withDescription(
          "the app was removed; until somebody makes it anew, its executors are not let in");

  private final Database database;
  private final Tokens tokens;
  private final Apps apps;

  public Doorkeeper(Database database, Tokens tokens, Apps apps) {
    this.database = database;
    this.tokens = tokens;
    this.apps = apps;
  }

  /** What the token is good for. */
  sealed interface Entry {
    /** It opens this app. */
    record Granted(long appId, long tokenId) implements Entry {}

    /** It does not. */
    record Denied(Status status) implements Entry {}
  }

  /** Checks a token for an app. */
  Entry enter(String token, String app) {
    return switch (tokens.verifyExecutor(token)) {
      case Tokens.ExecutorCheck.Unknown() ->
          denied(Status.UNAUTHENTICATED, "the token is unknown or is no executor token");
      case Tokens.ExecutorCheck.Expired() ->
          denied(Status.UNAUTHENTICATED, "the token has expired");
      case Tokens.ExecutorCheck.Valid(long tokenId, String name, Optional<String> bound) ->
          bound.isPresent() && !bound.get().equals(app)
              ? denied(
                  Status.PERMISSION_DENIED,
                  "the token " + name + " is for the app " + bound.get() + ", not for " + app)
              : register(app, tokenId, name);
    };
  }

  private Entry register(String app, long tokenId, String tokenName) {
    return switch (database.call(
        tx -> apps.findOrRegister(tx, app, "executor token " + tokenName))) {
      case Apps.Registration.Found(long id) -> new Entry.Granted(id, tokenId);
      case Apps.Registration.Registered(long id) -> new Entry.Granted(id, tokenId);
      case Apps.Registration.Barred() -> new Entry.Denied(REMOVED);
    };
  }

  private static Entry denied(Status status, String why) {
    return new Entry.Denied(status.withDescription(why));
  }
}
