package io.oasis.server.channel;

import io.grpc.Status;
import io.grpc.stub.CallStreamObserver;
import io.oasis.executor.v1.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/** A call whose client takes messages only while a test says so. */
final class FakeCall extends CallStreamObserver<ServerMessage> {
  final List<ServerMessage> sent = new ArrayList<>();
  boolean ready = true;
  Status end;

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void onNext(ServerMessage message) {
    sent.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    end = Status.fromThrowable(failure);
  }

  @Override
  public void onCompleted() {
    end = Status.OK;
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}
