package io.oasis.server.channel;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.oasis.executor.v1.ExecutorChannelGrpc;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.ServerMessage;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Executor;

/** The gRPC service that executors dial. */
@GrpcService
@RegisterInterceptor(TokenInterceptor.class)
public class ExecutorChannel extends ExecutorChannelGrpc.ExecutorChannelImplBase {
  private final Desk desk;

  public ExecutorChannel(Desk desk) {
    this.desk = desk;
  }

  @Override
  public StreamObserver<ExecutorMessage> connect(StreamObserver<ServerMessage> answers) {
    ServerCallStreamObserver<ServerMessage> call =
        (ServerCallStreamObserver<ServerMessage>) answers;
    Executor streamThread = currentThread();
    Outbox outbox = new Outbox(call, streamThread);
    // More is read only after the Hello was checked: nothing has to be kept meanwhile.
    Runnable readNext = () -> streamThread.execute(() -> call.request(1));
    NodeStream stream = new NodeStream(desk, TokenInterceptor.TOKEN.get(), outbox, readNext);
    call.disableAutoRequest();
    call.setOnReadyHandler(outbox::ready);
    call.setOnCancelHandler(() -> stream.onError(null));
    call.request(1);
    onConnectionLost(() -> stream.onError(null));
    return stream;
  }

  /** A connection that breaks under a call is told to its HTTP response, and not to the call. */
  private static void onConnectionLost(Runnable work) {
    Context context = Vertx.currentContext();
    RoutingContext http = context == null ? null : context.getLocal(RoutingContext.class.getName());
    if (http != null) {
      http.addEndHandler(result -> work.run());
    }
  }

  /** The event loop of the call, on which everything about its stream has to happen. */
  private static Executor currentThread() {
    Context context = Vertx.currentContext();
    return context == null
        ? Runnable::run
        : work -> {
          if (context.equals(Vertx.currentContext())) {
            work.run();
          } else {
            context.runOnContext(nothing -> work.run());
          }
        };
  }
}
