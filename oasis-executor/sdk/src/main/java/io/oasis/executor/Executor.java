package io.oasis.executor;

import io.oasis.executor.internal.Engine;
import java.time.Duration;

/**
 * A running executor: it has dialled a server, offers its handlers and runs what it is given. It
 * opens no port, and it reconnects by itself, to another server if there is one.
 *
 * <pre>{@code
 * Executor executor =
 *     Executor.fromEnvironment()
 *         .handler("settle", run -> settle(run.param("region")))
 *         .start();
 * }</pre>
 */
public final class Executor implements AutoCloseable {
  private final Engine engine;

  Executor(Engine engine) {
    this.engine = engine;
  }

  /** A builder in which everything has still to be said. */
  public static ExecutorBuilder builder() {
    return new ExecutorBuilder();
  }

  /**
   * A builder that has read OASIS_SERVER (one or more addresses, separated by commas), OASIS_APP
   * and OASIS_TOKEN. What is missing can still be said in code.
   */
  public static ExecutorBuilder fromEnvironment() {
    return new ExecutorBuilder().environment(System.getenv());
  }

  /** The id under which the server knows this process. */
  public String nodeId() {
    return engine.nodeId();
  }

  /** Whether a server has welcomed this executor and the stream to it is up. */
  public boolean isConnected() {
    return engine.isConnected();
  }

  /**
   * Waits for the first connection.
   *
   * @param limit how long to wait at most
   * @return whether a server has welcomed this executor by then
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public boolean awaitConnected(Duration limit) throws InterruptedException {
    return engine.awaitConnected(limit);
  }

  /**
   * Drains and stops: no new runs from now on; waits up to the drain timeout for those under way,
   * stops the rest and hands it back to the server, says what has to be said and hangs up. Calling
   * it again does nothing but wait for the same end.
   */
  @Override
  public void close() {
    engine.close();
  }
}
