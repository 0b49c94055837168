package io.oasis.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports for what a test opens later, or closes and opens again. */
public final class FreePort {
  private FreePort() {}

  /**
   * A port that nobody listens on. It lies below those that systems give to outgoing connections,
   * so that none of these takes it before it is used.
   */
  public static int find() {
    for (int i = 0; i < 1_000; i++) {
      int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: another one.
      }
    }
    throw new IllegalStateException("no port is free");
  }
}
