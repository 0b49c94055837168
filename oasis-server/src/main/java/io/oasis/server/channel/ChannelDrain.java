package io.oasis.server.channel;

import io.grpc.Status;
import io.oasis.executor.v1.Drain;
import io.oasis.executor.v1.ServerMessage;
import io.oasis.server.loop.Shutdown;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Sends the executors of a stopping server elsewhere. Their runs go on. */
@ApplicationScoped
public class ChannelDrain {
  private static final ServerMessage DRAIN =
      ServerMessage.newBuilder()
          .setDrain(Drain.newBuilder().setReason("the server is shutting down"))
          .build();

  private final Desk desk;
  private final Sessions sessions;
  private final ChannelConfig config;

  public ChannelDrain(Desk desk, Sessions sessions, ChannelConfig config) {
    this.desk = desk;
    this.sessions = sessions;
    this.config = config;
  }

  // Before the features that write what executors said: their steps come after this one.
  void start(@Observes @Priority(1000) StartupEvent event, Shutdown shutdown) {
    shutdown.register(Shutdown.Phase.DRAIN, "executor channel", this::drain);
  }

  void drain() {
    desk.close();
    List<Session> open = sessions.all();
    for (Session session : open) {
      session.sentElsewhere();
      session.outbox().send(DRAIN);
    }
    sessions.awaitEmpty(config.drainPatience());
    for (Session session : sessions.all()) {
      session.outbox().end(Status.UNAVAILABLE.withDescription("the server is shutting down"));
      desk.ended(session, false);
    }
  }
}
