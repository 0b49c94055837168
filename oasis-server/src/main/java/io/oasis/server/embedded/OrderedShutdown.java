package io.oasis.server.embedded;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.util.Optional;
import sun.misc.Signal;

/**
 * Stops Quarkus before the database. A plain SIGTERM would start all shutdown hooks of the JVM at
 * once, the embedded database's among them, and take it away under work that is being finished.
 */
final class OrderedShutdown {
  private static volatile Optional<EmbeddedDatabase> database = Optional.empty();

  private OrderedShutdown() {}

  static void install(Optional<EmbeddedDatabase> embedded) {
    database = embedded;
    // Quarkus leaves these two alone, on a JVM and in a native image (there it takes QUIT only).
    for (String name : new String[] {"TERM", "INT"}) {
      Signal.handle(new Signal(name), signal -> Quarkus.asyncExit(0));
    }
  }

  /** Called by Quarkus when the application has stopped. */
  static void finish(Integer exitCode, Throwable failure) {
    database.ifPresent(
        d -> {
          try {
            d.close();
          } catch (IOException e) {
            System.err.println("oasis-server: the database did not stop: " + e.getMessage());
          }
        });
    if (failure != null) {
      System.err.println("oasis-server: " + firstLine(failure));
    }
    System.exit(failure != null && exitCode == 0 ? 1 : exitCode);
  }

  private static String firstLine(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
  }
}
