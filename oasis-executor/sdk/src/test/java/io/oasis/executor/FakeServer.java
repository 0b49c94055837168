package io.oasis.executor;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import io.oasis.executor.v1.Ack;
import io.oasis.executor.v1.Assign;
import io.oasis.executor.v1.Cancel;
import io.oasis.executor.v1.Drain;
import io.oasis.executor.v1.ExecutorChannelGrpc;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Fenced;
import io.oasis.executor.v1.LogAck;
import io.oasis.executor.v1.RunRef;
import io.oasis.executor.v1.ServerMessage;
import io.oasis.executor.v1.Welcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A server of the executor channel on a real loopback socket, led by the test. */
final class FakeServer implements AutoCloseable {
  private static final long LIMIT_SECONDS = 90;
  private static final Context.Key<String> AUTHORIZATION = Context.key("authorization");

  private final Server server;
  private final List<ExecutorMessage> heard = new ArrayList<>();
  private StreamObserver<ServerMessage> stream;
  private int streams;
  private String authorization = "";
  private Welcome welcome =
      Welcome.newBuilder()
          .setServerId("fake")
          .setHeartbeatInterval(Duration.newBuilder().setNanos(100_000_000))
          .setLease(Duration.newBuilder().setSeconds(30))
          .build();
  private Status refusal;
  private boolean mute;
  private boolean acking = true;
  private boolean wasUnconfirmed;
  private int largestBundle;

  FakeServer() throws IOException {
    this(InsecureServerCredentials.create());
  }

  FakeServer(ServerCredentials credentials) throws IOException {
    server =
        OkHttpServerBuilder.forPort(new InetSocketAddress("127.0.0.1", 0), credentials)
            .addService(new Channel())
            .intercept(new ReadAuthorization())
            .build()
            .start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  synchronized void welcome(Welcome.Builder changed) {
    welcome = changed.build();
  }

  synchronized Welcome.Builder welcome() {
    return welcome.toBuilder();
  }

  /** Refuses new streams with a status; null welcomes them again. */
  synchronized void refuse(Status status) {
    refusal = status;
  }

  /** Neither welcomes nor answers while it is mute, as if the network were cut. */
  synchronized void mute(boolean muted) {
    mute = muted;
  }

  /** Whether logs and results are confirmed by themselves. */
  synchronized void acking(boolean confirms) {
    acking = confirms;
    wasUnconfirmed |= !confirms;
  }

  synchronized int streams() {
    return streams;
  }

  /** How many messages the largest bundle had; 0 when there was none. */
  synchronized int largestBundle() {
    return largestBundle;
  }

  synchronized void forgetBundles() {
    largestBundle = 0;
  }

  synchronized String authorization() {
    return authorization;
  }

  synchronized void send(ServerMessage message) {
    stream.onNext(message);
  }

  void assign(Assign assign) {
    send(ServerMessage.newBuilder().setAssign(assign).build());
  }

  void cancel(RunRef run, long graceMillis) {
    Duration grace =
        Duration.newBuilder()
            .setSeconds(graceMillis / 1000)
            .setNanos((int) (graceMillis % 1000) * 1_000_000)
            .build();
    Cancel cancel =
        Cancel.newBuilder().setRun(run).setGrace(grace).setReason("killed by wang").build();
    send(ServerMessage.newBuilder().setCancel(cancel).build());
  }

  void fence(RunRef run) {
    Fenced fenced = Fenced.newBuilder().setRun(run).setReason("epoch 2 has it").build();
    send(ServerMessage.newBuilder().setFenced(fenced).build());
  }

  void drain() {
    Drain drain = Drain.newBuilder().setReason("deploy").build();
    send(ServerMessage.newBuilder().setDrain(drain).build());
  }

  void ackFinished(RunRef run) {
    send(ServerMessage.newBuilder().setAck(Ack.newBuilder().addFinished(run)).build());
  }

  void ackLogs(RunRef run, long seq) {
    LogAck logs = LogAck.newBuilder().setRun(run).setSeq(seq).build();
    send(ServerMessage.newBuilder().setAck(Ack.newBuilder().addLogs(logs)).build());
  }

  /** Breaks the stream; the executor has to come back by itself. */
  synchronized void breakStream() {
    stream.onError(Status.UNAVAILABLE.withDescription("broken by the test").asException());
    stream = null;
  }

  /** Lets executors come back and say what is still to be said, so that they can end. */
  synchronized void confirmEverything() {
    acking = true;
    if (wasUnconfirmed && stream != null) {
      breakStream();
    }
  }

  /** Everything heard and not yet taken. */
  synchronized List<ExecutorMessage> heard() {
    return List.copyOf(heard);
  }

  /** Forgets what was heard so far. */
  synchronized void clear() {
    heard.clear();
  }

  /** Waits for the first message that fits, and takes it with all before it. */
  synchronized ExecutorMessage await(Predicate<ExecutorMessage> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    int next = 0;
    while (true) {
      for (; next < heard.size(); next++) {
        ExecutorMessage message = heard.get(next);
        if (wanted.test(message)) {
          heard.subList(0, next + 1).clear();
          return message;
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("not heard within the limit; heard: " + heard);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
  }

  static RunRef ref(long runId, long epoch) {
    return RunRef.newBuilder()
        .setRunId(runId)
        .setPartitionKey(20261122)
        .setAttempt(1)
        .setEpoch(epoch)
        .build();
  }

  static Assign.Builder assign(long runId, long epoch, String handler) {
    return Assign.newBuilder()
        .setRun(ref(runId, epoch))
        .setJob("orders/test")
        .setHandler(handler)
        .setNominalAt(Timestamp.newBuilder().setSeconds(1_767_225_600))
        .setTrigger("SCHEDULE");
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Channel extends ExecutorChannelGrpc.ExecutorChannelImplBase {
    @Override
    public StreamObserver<ExecutorMessage> connect(StreamObserver<ServerMessage> answers) {
      synchronized (FakeServer.this) {
        authorization = AUTHORIZATION.get();
      }
      return new StreamObserver<>() {
        @Override
        public void onNext(ExecutorMessage message) {
          hear(answers, message);
        }

        @Override
        public void onError(Throwable error) {
          // The executor is gone; tests look at what it said.
        }

        @Override
        public void onCompleted() {
          synchronized (FakeServer.this) {
            answers.onCompleted();
          }
        }
      };
    }
  }

  private synchronized void hear(StreamObserver<ServerMessage> answers, ExecutorMessage message) {
    if (mute) {
      return;
    }
    if (message.hasBundle()) {
      largestBundle = Math.max(largestBundle, message.getBundle().getMessagesCount());
      message.getBundle().getMessagesList().forEach(single -> hear(answers, single));
      return;
    }
    if (message.hasHello()) {
      if (refusal != null) {
        answers.onError(refusal.asException());
        return;
      }
      streams++;
      stream = answers;
      answers.onNext(ServerMessage.newBuilder().setWelcome(welcome).build());
    }
    if (message.hasHeartbeat()) {
      answers.onNext(ServerMessage.newBuilder().setAck(Ack.getDefaultInstance()).build());
    }
    heard.add(message);
    if (acking && message.hasFinished()) {
      ackFinished(message.getFinished().getRun());
    }
    if (acking && message.hasLogBatch()) {
      long lastSeq =
          message.getLogBatch().getFirstSeq() + message.getLogBatch().getLinesCount() - 1;
      ackLogs(message.getLogBatch().getRun(), lastSeq);
    }
    notifyAll();
  }

  private static final class ReadAuthorization implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String value =
          headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
      return Contexts.interceptCall(
          Context.current().withValue(AUTHORIZATION, value), call, headers, next);
    }
  }
}
