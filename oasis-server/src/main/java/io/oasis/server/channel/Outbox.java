package io.oasis.server.channel;

import io.grpc.Status;
import io.grpc.stub.CallStreamObserver;
import io.oasis.executor.v1.Ack;
import io.oasis.executor.v1.LogAck;
import io.oasis.executor.v1.RunRef;
import io.oasis.executor.v1.ServerBundle;
import io.oasis.executor.v1.ServerMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * What goes to one executor: in order, only while the stream takes more, and without ever blocking
 * the caller. May be called from any thread; the stream itself is only touched on its own.
 *
 * <p>Acknowledgements that are ready together go out as one message; so do all messages about runs,
 * when the executor understands bundles.
 */
final class Outbox {
  /** An executor that reads so much less than it is sent is better off with a new stream. */
  private static final int MOST_WAITING = 50_000;

  /** A bundle that has so many bytes is full: what it saves for each message is saved by then. */
  private static final int BUNDLE_BYTES = 32 * 1024;

  private final CallStreamObserver<ServerMessage> stream;
  private final Executor streamThread;
  private final Object lock = new Object();
  private final Queue<ServerMessage> waiting = new ArrayDeque<>();
  private final List<RunRef> finishedAcks = new ArrayList<>();
  private final Map<RunRef, Long> logAcks = new LinkedHashMap<>();
  private Status end;
  private boolean bundling;
  private boolean scheduled;
  private boolean closed;

  Outbox(CallStreamObserver<ServerMessage> stream, Executor streamThread) {
    this.stream = stream;
    this.streamThread = streamThread;
  }

  /** The executor understands bundles. */
  void bundle() {
    synchronized (lock) {
      bundling = true;
    }
  }

  /** Sends a message after those before it; after the end, it is dropped. */
  void send(ServerMessage message) {
    send(List.of(message));
  }

  /** Sends messages that are ready together: so they travel together. */
  void send(List<ServerMessage> messages) {
    synchronized (lock) {
      if (end != null) {
        return;
      }
      waiting.addAll(messages);
      if (waiting.size() > MOST_WAITING) {
        waiting.clear();
        end = Status.UNAVAILABLE.withDescription("the executor does not read what it is sent");
      }
    }
    schedule();
  }

  /** Says that the run's end is committed. */
  void ackFinished(RunRef run) {
    synchronized (lock) {
      finishedAcks.add(run);
    }
    schedule();
  }

  /** Says that the run's log is committed up to a line. */
  void ackLog(RunRef run, long seq) {
    synchronized (lock) {
      logAcks.merge(run, seq, Math::max);
    }
    schedule();
  }

  /** Ends the stream after what was sent; the first end counts. */
  void end(Status status) {
    synchronized (lock) {
      if (end != null) {
        return;
      }
      end = status;
    }
    schedule();
  }

  /** The executor has ended the stream: nothing is sent any more. */
  void close() {
    synchronized (lock) {
      closed = true;
      end = Status.CANCELLED;
      waiting.clear();
    }
  }

  /** True when nothing new is sent any more. */
  boolean isEnding() {
    synchronized (lock) {
      return end != null;
    }
  }

  /** The stream takes more. */
  void ready() {
    schedule();
  }

  private void schedule() {
    synchronized (lock) {
      if (scheduled || closed) {
        return;
      }
      scheduled = true;
    }
    streamThread.execute(this::drain);
  }

  private void drain() {
    synchronized (lock) {
      scheduled = false;
    }
    // Only the stream's thread comes here, so that messages keep their order outside of the lock.
    ServerMessage next;
    while ((next = next()) != null) {
      stream.onNext(next);
    }
    finish();
  }

  private ServerMessage next() {
    synchronized (lock) {
      // What still waits at the end goes out whether or not the stream takes it: it is not much.
      if (closed || (end == null && !stream.isReady())) {
        return null;
      }
      ServerMessage first = finishedAcks.isEmpty() && logAcks.isEmpty() ? waiting.poll() : acks();
      return bundling && fitsBundle(first) && fitsBundle(waiting.peek()) ? bundleOf(first) : first;
    }
  }

  /** What is said about the stream itself is said alone. */
  private static boolean fitsBundle(ServerMessage message) {
    return message != null
        && switch (message.getMessageCase()) {
          case ASSIGN, CANCEL, ACK, FENCED -> true;
          case WELCOME, DRAIN, BUNDLE, MESSAGE_NOT_SET -> false;
        };
  }

  private ServerMessage bundleOf(ServerMessage first) {
    ServerBundle.Builder bundle = ServerBundle.newBuilder().addMessages(first);
    int bytes = first.getSerializedSize();
    while (bytes < BUNDLE_BYTES && fitsBundle(waiting.peek())) {
      ServerMessage next = waiting.poll();
      bundle.addMessages(next);
      bytes += next.getSerializedSize();
    }
    return ServerMessage.newBuilder().setBundle(bundle).build();
  }

  private ServerMessage acks() {
    Ack.Builder ack = Ack.newBuilder().addAllFinished(finishedAcks);
    logAcks.forEach((run, seq) -> ack.addLogs(LogAck.newBuilder().setRun(run).setSeq(seq)));
    finishedAcks.clear();
    logAcks.clear();
    return ServerMessage.newBuilder().setAck(ack).build();
  }

  private void finish() {
    synchronized (lock) {
      if (end == null || closed || !waiting.isEmpty()) {
        return;
      }
      closed = true;
    }
    if (end.isOk()) {
      stream.onCompleted();
    } else {
      stream.onError(end.asRuntimeException());
    }
  }
}
