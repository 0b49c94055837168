package io.oasis.executor.internal;

import io.oasis.executor.Handler;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an executor was told.
 *
 * @param servers tried in turn
 * @param token goes with every call
 * @param identity who this process is
 * @param handlers by name
 * @param slots how many runs at once
 * @param drainTimeout how long closing waits for runs under way
 * @param secrets what jobs may refer to by name
 */
public record Settings(
    List<ServerAddress> servers,
    String token,
    Identity identity,
    Map<String, Handler> handlers,
    int slots,
    Duration drainTimeout,
    Secrets secrets) {

  public Settings {
    servers = List.copyOf(servers);
    handlers = Map.copyOf(handlers);
  }

  /**
   * Throws when something needed is missing.
   *
   * @throws IllegalStateException with one line for people
   */
  public void check() {
    if (servers.isEmpty()) {
      throw new IllegalStateException("no server: set OASIS_SERVER, for example localhost:8080");
    }
    if (identity.app().isEmpty()) {
      throw new IllegalStateException(
          "no app: set OASIS_APP to the app that this process works for");
    }
    if (token.isEmpty()) {
      throw new IllegalStateException("no token: set OASIS_TOKEN to an executor token of the app");
    }
    if (handlers.isEmpty()) {
      throw new IllegalStateException("no handler: offer at least one before start()");
    }
  }
}
