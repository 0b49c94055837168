package io.oasis.server.dispatch;

import io.oasis.server.app.NodeStore;
import io.oasis.server.database.Database;
import io.oasis.server.database.Listener;
import io.oasis.server.database.Wakeups;
import io.oasis.server.loop.Loop;
import io.oasis.server.loop.Shutdown;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;

/** Starts and stops the loops that move runs. */
@ApplicationScoped
public class Engine {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration SEND_EVERY = Duration.ofSeconds(1);

  private final Database database;
  private final DispatchLoop dispatch;
  private final NodeSender sender;
  private final Listener listener;
  private final Loop watcher;
  private final Loop reaper;
  private final Loop outbox = new Loop("outbox", this::sendWhatIsLeft);

  public Engine(
      Database database,
      DispatchLoop dispatch,
      NodeSender sender,
      Listener listener,
      EngineParts parts,
      NodeStore nodes,
      DispatchConfig config) {
    this.database = database;
    this.dispatch = dispatch;
    this.sender = sender;
    this.listener = listener;
    this.watcher = new Loop("run-watcher", parts.watcher(database, sender)::runOnce);
    this.reaper =
        new Loop("lost-nodes", parts.reaper(database, nodes, config.nodeLease())::runOnce);
  }

  void start(@Observes @Priority(100) StartupEvent event, Shutdown shutdown) {
    dispatch.start();
    watcher.start();
    reaper.start();
    outbox.start();
    listener.onWord(Wakeups.RUNS, outbox::wake);
    shutdown.register(
        Shutdown.Phase.STOP_CLAIMING,
        "dispatch",
        () -> {
          dispatch.stop(PATIENCE);
          List.of(watcher, reaper, outbox).forEach(loop -> loop.stop(PATIENCE));
        });
  }

  private Duration sendWhatIsLeft() {
    database.call(sender::sendLeft);
    return SEND_EVERY;
  }
}
