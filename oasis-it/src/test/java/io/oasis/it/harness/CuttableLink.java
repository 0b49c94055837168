package io.oasis.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a client and one port, which can be cut: then nothing arrives on either side
 * and nobody is told, as with a cable that was pulled. What was sent meanwhile arrives when the
 * link is mended, as TCP would send it again.
 */
public final class CuttableLink implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;
  private static final int CONNECT_MILLIS = 2_000;

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();
  private boolean upCut;
  private boolean downCut;

  private CuttableLink(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  /** Opens a link to a port of this machine. */
  public static CuttableLink to(int target) {
    try {
      var link =
          new CuttableLink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().name("link").start(link::accept);
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect to. */
  public int port() {
    return door.getLocalPort();
  }

  /** Nothing arrives on either side from now on. */
  public void cut() {
    synchronized (gate) {
      upCut = true;
      downCut = true;
    }
  }

  /** What the client says is not heard any more; what it is told still arrives. */
  public void cutUpwards() {
    synchronized (gate) {
      upCut = true;
    }
  }

  public void mend() {
    synchronized (gate) {
      upCut = false;
      downCut = false;
      gate.notifyAll();
    }
  }

  @Override
  public void close() {
    mend();
    quietly(door);
    open.forEach(CuttableLink::quietly);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var client = door.accept();
        open.add(client);
        Thread.ofVirtual().name("link").start(() -> connect(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket client) {
    var server = new Socket();
    try {
      passGate(true);
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
      open.add(server);
      Thread.ofVirtual().name("link").start(() -> pump(server, client, false));
      pump(client, server, true);
    } catch (IOException e) {
      end(client, server);
    }
  }

  private void pump(Socket from, Socket to, boolean upwards) {
    try {
      from.setTcpNoDelay(true);
      var in = from.getInputStream();
      var out = to.getOutputStream();
      var buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        passGate(upwards);
        out.write(buffer, 0, read);
      }
      passGate(upwards);
    } catch (IOException e) {
      // One side is gone; so is the other, below.
    }
    end(from, to);
  }

  private void end(Socket one, Socket other) {
    quietly(one);
    quietly(other);
    open.remove(one);
    open.remove(other);
  }

  /** Waits as long as the link is cut. */
  private void passGate(boolean upwards) throws IOException {
    synchronized (gate) {
      while (upwards ? upCut : downCut) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        }
      }
    }
  }

  private static void quietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It was to be closed.
    }
  }
}
