package io.oasis.server.embedded;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.util.Optional;
import sun.misc.Signal;

/**
 * Stops Quarkus before the database, whenever the process is asked to end. A plain SIGTERM would
 * start all shutdown hooks of the JVM at once, the embedded database's among them, and take it away
 * under work that is being finished. Quarkus for its part forgets whoever asks it to end before it
 * has begun to start. So what is asked for during the start is kept here until it can be done.
 */
@SuppressWarnings("NonFinalStaticField") // One process has one end, and signals know no instance.
final class OrderedShutdown {
  private static Phase phase = Phase.NOTHING_UP;
  private static boolean asked;
  private static volatile Optional<EmbeddedDatabase> database = Optional.empty();

  private OrderedShutdown() {}

  /** How far the start has come. */
  private enum Phase {
    NOTHING_UP,
    DATABASE_STARTS,
    APPLICATION_STARTS,
    UP
  }

  /** To be called first: from here on, SIGTERM and SIGINT end the process in order. */
  static void listen() {
    // Quarkus leaves these two alone, on a JVM and in a native image (there it takes QUIT only).
    for (String name : new String[] {"TERM", "INT"}) {
      Signal.handle(new Signal(name), signal -> ask());
    }
  }

  private static synchronized void ask() {
    asked = true;
    switch (phase) {
      case NOTHING_UP -> System.exit(0);
      // Ended in its middle, the start of a database leaves a process without anybody.
      case DATABASE_STARTS, APPLICATION_STARTS -> {}
      case UP -> Quarkus.asyncExit(0);
    }
  }

  /** The embedded database is about to start. */
  static synchronized void databaseStarts() {
    phase = Phase.DATABASE_STARTS;
  }

  /** Quarkus is about to start; does not return when the process was asked to end meanwhile. */
  static synchronized void applicationStarts(Optional<EmbeddedDatabase> embedded) {
    database = embedded;
    phase = Phase.APPLICATION_STARTS;
    if (asked) {
      finish(0, null);
    }
  }

  /** Quarkus listens to whoever asks it to end. */
  static synchronized void applicationIsUp() {
    phase = Phase.UP;
    if (asked) {
      Quarkus.asyncExit(0);
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
