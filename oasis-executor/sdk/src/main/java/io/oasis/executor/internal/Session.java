package io.oasis.executor.internal;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.oasis.executor.v1.ExecutorChannelGrpc;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Hello;
import io.oasis.executor.v1.ServerMessage;

/** One stream to one server, from its Hello to its end. Loop thread only. */
final class Session implements ClientResponseObserver<ExecutorMessage, ServerMessage> {

  /** Who is told what happens on the stream. */
  interface Events {
    void message(Session session, ServerMessage message);

    void ready(Session session);

    void ended(Session session, Status status);
  }

  private final ServerAddress server;
  private final ManagedChannel channel;
  private final Events events;
  private ClientCallStreamObserver<ExecutorMessage> stream;
  private boolean over;

  Session(ServerAddress server, ManagedChannel channel, Events events) {
    this.server = server;
    this.channel = channel;
    this.events = events;
  }

  ServerAddress server() {
    return server;
  }

  void open(Hello hello) {
    ExecutorChannelGrpc.newStub(channel).connect(this);
    send(ExecutorMessage.newBuilder().setHello(hello).build());
  }

  boolean isReady() {
    return !over && stream.isReady();
  }

  void send(ExecutorMessage message) {
    if (!over) {
      stream.onNext(message);
    }
  }

  /** Says that nothing more comes; what was sent before still arrives. */
  void complete() {
    if (!over) {
      over = true;
      stream.onCompleted();
    }
    channel.shutdown();
  }

  /** Gives the stream up at once. */
  void abort(String why) {
    if (!over) {
      over = true;
      stream.cancel(why, null);
    }
    channel.shutdownNow();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ExecutorMessage> started) {
    stream = started;
    started.setOnReadyHandler(() -> events.ready(this));
  }

  @Override
  public void onNext(ServerMessage message) {
    events.message(this, message);
  }

  @Override
  public void onError(Throwable error) {
    end(Status.fromThrowable(error));
  }

  @Override
  public void onCompleted() {
    end(Status.OK);
  }

  private void end(Status status) {
    over = true;
    channel.shutdownNow();
    events.ended(this, status);
  }
}
