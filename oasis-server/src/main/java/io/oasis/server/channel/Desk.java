package io.oasis.server.channel;

import io.grpc.Status;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Hello;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.database.DatabaseException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Where streams bring what needs a thread that may block: Hellos, drains and ends. The number of
 * threads bounds what a thousand executors that reconnect at once take from the database.
 */
@Singleton
public class Desk {
  private static final Logger LOG = Logger.getLogger(Desk.class);
  private static final int THREADS = 6;

  private final Reception reception;
  private final Sessions sessions;
  private final NodeRegistry nodes;
  private final Inbox inbox;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("oasis-channel-", 1).factory());
  private volatile boolean closing;

  public Desk(Reception reception, Sessions sessions, NodeRegistry nodes, Inbox inbox) {
    this.reception = reception;
    this.sessions = sessions;
    this.nodes = nodes;
    this.inbox = inbox;
  }

  /** From now on every Hello is sent to another server. */
  void close() {
    closing = true;
  }

  @PreDestroy
  void stop() {
    workers.shutdown();
  }

  /** Checks a Hello; the session is given once it may read on. */
  void hello(String token, Hello hello, Outbox outbox, Consumer<Session> welcomed) {
    if (closing) {
      outbox.end(Status.UNAVAILABLE.withDescription("the server is shutting down"));
      return;
    }
    work(
        outbox,
        () -> {
          switch (reception.admit(token, hello, outbox)) {
            case Reception.Outcome.Refused(Status status) -> {
              LOG.infof(
                  "node=%s app=%s refused: %s",
                  shown(hello.getNodeId()), shown(hello.getApp()), status.getDescription());
              outbox.end(status);
            }
            case Reception.Outcome.Admitted admitted -> {
              reception.welcome(admitted);
              LOG.infof(
                  "node=%s app=%s connected (%s, %d slots, %d runs under way)",
                  hello.getNodeId(),
                  hello.getApp(),
                  hello.getSdkVersion(),
                  hello.getSlots(),
                  hello.getInFlightCount());
              welcomed.accept(admitted.session());
            }
          }
        });
  }

  /** A message of a welcomed session. Does not block. */
  void received(Session session, ExecutorMessage message) {
    if (message.hasDraining()) {
      session.startDraining();
      nodes.hideDraining(session.node());
      LOG.infof("node=%s drains", session.node().nodeId());
      work(session.outbox(), () -> nodes.draining(session.node()));
    } else {
      inbox.received(session, message);
    }
  }

  /** A session's stream has ended, in good order or not. Does not block. */
  void ended(Session session, boolean clean) {
    if (!session.endOnce()) {
      return;
    }
    sessions.close(session);
    nodes.hideGone(session.node());
    boolean offline = session.nodeHasEnded(clean);
    LOG.infof("node=%s %s", session.node().nodeId(), offline ? "went" : "lost its stream");
    work(
        session.outbox(),
        () -> {
          if (offline) {
            nodes.offline(session.node());
          } else {
            nodes.disconnected(session.node());
          }
        });
  }

  private void work(Outbox outbox, Runnable work) {
    try {
      workers.execute(() -> attempt(outbox, work));
    } catch (RejectedExecutionException e) {
      outbox.end(Status.UNAVAILABLE.withDescription("the server is shutting down"));
    }
  }

  /** Without the database nothing can be settled: the executor comes again, here or elsewhere. */
  private static void attempt(Outbox outbox, Runnable work) {
    try {
      work.run();
    } catch (DatabaseException e) {
      LOG.debug("the database did not answer", e);
      outbox.end(Status.UNAVAILABLE.withDescription("the server's database does not answer"));
    } catch (RuntimeException e) {
      LOG.error("a stream ends because of a fault in the server", e);
      outbox.end(Status.INTERNAL.withDescription("a fault in the server; see its log"));
    }
  }

  /** Unchecked text of a stranger, made fit for a log. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 100 ? line.substring(0, 100) + "…" : line;
  }
}
