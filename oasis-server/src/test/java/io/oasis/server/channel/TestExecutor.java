package io.oasis.server.channel;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.oasis.executor.v1.ExecutorChannelGrpc;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Heartbeat;
import io.oasis.executor.v1.Hello;
import io.oasis.executor.v1.LogBatch;
import io.oasis.executor.v1.LogLine;
import io.oasis.executor.v1.RunRef;
import io.oasis.executor.v1.ServerMessage;
import io.oasis.executor.v1.ServerMessage.MessageCase;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other end of a stream: says what a test wants, and keeps what the server says. */
final class TestExecutor implements StreamObserver<ServerMessage>, AutoCloseable {
  private static final int PATIENCE_SECONDS = 90;
  private final ManagedChannel channel;
  private final BlockingQueue<ServerMessage> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final StreamObserver<ExecutorMessage> out;

  TestExecutor(int port, String token) {
    channel = ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    ExecutorChannelGrpc.ExecutorChannelStub stub = ExecutorChannelGrpc.newStub(channel);
    if (token != null) {
      Metadata metadata = new Metadata();
      metadata.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
      stub = stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }
    out = stub.connect(this);
  }

  static Hello.Builder hello(String app, String node) {
    return Hello.newBuilder()
        .setApp(app)
        .setNodeId(node)
        .setAddress("10.0.0.7:4242")
        .setSdkVersion("test/1")
        .addHandlers("settle")
        .setSlots(2);
  }

  TestExecutor say(Hello.Builder hello) {
    return say(ExecutorMessage.newBuilder().setHello(hello).build());
  }

  TestExecutor say(ExecutorMessage message) {
    out.onNext(message);
    return this;
  }

  TestExecutor heartbeat(int busy) {
    return say(
        ExecutorMessage.newBuilder()
            .setHeartbeat(Heartbeat.newBuilder().setBusySlots(busy))
            .build());
  }

  TestExecutor log(RunRef run, long firstSeq, List<String> lines) {
    LogBatch.Builder batch = LogBatch.newBuilder().setRun(run).setFirstSeq(firstSeq);
    lines.forEach(text -> batch.addLines(LogLine.newBuilder().setText(text)));
    return say(ExecutorMessage.newBuilder().setLogBatch(batch).build());
  }

  /** The next message of a kind; others before it are passed over. */
  ServerMessage next(MessageCase kind) throws InterruptedException {
    while (true) {
      ServerMessage message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no " + kind + "; ended: " + end.getNow(null));
      }
      if (message.getMessageCase() == kind) {
        return message;
      }
    }
  }

  /** The very next message. */
  ServerMessage next() throws InterruptedException {
    return heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** How the server ended the stream. */
  Status ended() throws Exception {
    return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void complete() {
    out.onCompleted();
  }

  /** Cuts the connection without a word about the stream. */
  void cut() {
    channel.shutdownNow();
  }

  @Override
  public void onNext(ServerMessage message) {
    heard.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    end.complete(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
