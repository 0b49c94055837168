package io.oasis.server.loop;

/** Runs the steps of a shutdown as the signal to stop does, for tests of other features. */
public final class EndOfServer {
  private EndOfServer() {}

  /** Runs all registered steps in order. */
  public static void run(Shutdown shutdown) {
    shutdown.runAll();
  }
}
