package io.oasis.server.channel;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.ExecutorMessage.MessageCase;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * What comes from one executor: first a Hello, then messages of a welcomed session. Called by the
 * stream's own thread, one message after the other.
 */
final class NodeStream implements StreamObserver<ExecutorMessage> {
  private static final Logger LOG = Logger.getLogger(NodeStream.class);

  private final Desk desk;
  private final String token;
  private final Outbox outbox;
  private final Runnable readNext;
  private final AtomicReference<State> state = new AtomicReference<>(new State.Silent());

  NodeStream(Desk desk, String token, Outbox outbox, Runnable readNext) {
    this.desk = desk;
    this.token = token;
    this.outbox = outbox;
    this.readNext = readNext;
  }

  private sealed interface State {
    /** Nothing was said yet. */
    record Silent() implements State {}

    /** The Hello is being checked; nothing more is read. */
    record Checking() implements State {}

    record Welcomed(Session session) implements State {}

    /**
     * The executor has ended the stream.
     *
     * @param clean in good order
     */
    record Over(boolean clean) implements State {}
  }

  @Override
  public void onNext(ExecutorMessage message) {
    switch (state.get()) {
      case State.Silent() -> hello(message);
      case State.Checking() -> outbox.end(Status.INVALID_ARGUMENT.withDescription("one Hello"));
      case State.Welcomed(Session session) -> received(session, message);
      case State.Over(boolean clean) -> {
        // Nobody listens any more.
      }
    }
  }

  /** The stream broke. The reason is the transport's and helps nobody. */
  @Override
  public void onError(Throwable ignored) {
    over(false);
  }

  @Override
  public void onCompleted() {
    over(true);
    outbox.end(Status.OK);
  }

  private void received(Session session, ExecutorMessage message) {
    try {
      if (message.hasBundle()) {
        message.getBundle().getMessagesList().forEach(single -> desk.received(session, single));
      } else {
        desk.received(session, message);
      }
      readNext.run();
    } catch (RuntimeException e) {
      LOG.errorf(e, "node=%s its stream ends because of a fault here", session.node().nodeId());
      outbox.end(Status.INTERNAL.withDescription("a fault in the server; see its log"));
      desk.ended(session, false);
    }
  }

  private void hello(ExecutorMessage message) {
    if (message.getMessageCase() != MessageCase.HELLO) {
      outbox.end(Status.INVALID_ARGUMENT.withDescription("the first message must be Hello"));
      return;
    }
    state.set(new State.Checking());
    desk.hello(token, message.getHello(), outbox, this::welcomed);
  }

  /** On a worker thread: the executor may have gone meanwhile. */
  private void welcomed(Session session) {
    State before =
        state.getAndUpdate(s -> s instanceof State.Checking ? new State.Welcomed(session) : s);
    if (before instanceof State.Over(boolean clean)) {
      desk.ended(session, clean);
    } else {
      readNext.run();
    }
  }

  private void over(boolean clean) {
    State before = state.getAndSet(new State.Over(clean));
    if (!clean) {
      outbox.close();
    }
    Optional<Session> session =
        before instanceof State.Welcomed(Session s) ? Optional.of(s) : Optional.empty();
    session.ifPresent(s -> desk.ended(s, clean));
  }
}
