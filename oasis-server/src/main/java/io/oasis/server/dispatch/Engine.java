package io.oasis.server.dispatch;

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

  private final DispatchLoop dispatch;
  private final WaitingElsewhere elsewhere;
  private final GivenUpRuns givenUp;
  private final Loop watcher;
  private final Loop reaper;
  private final Loop outbox;

  public Engine(
      Database database,
      DispatchLoop dispatch,
      WaitingElsewhere elsewhere,
      GivenUpRuns givenUp,
      NodeSender sender,
      RunWatcher watcher,
      LostNodeReaper reaper) {
    this.dispatch = dispatch;
    this.elsewhere = elsewhere;
    this.givenUp = givenUp;
    this.watcher = new Loop("run-watcher", watcher::runOnce);
    this.reaper = new Loop("lost-nodes", reaper::runOnce);
    this.outbox =
        new Loop(
            "outbox",
            () -> {
              database.call(sender::sendLeft);
              return SEND_EVERY;
            });
  }

  void start(@Observes @Priority(100) StartupEvent event, Shutdown shutdown, Listener listener) {
    dispatch.start();
    elsewhere.start();
    List.of(watcher, reaper, outbox).forEach(Loop::start);
    listener.onWord(Wakeups.RUNS, outbox::wake);
    listener.onWord(Wakeups.WAITING, elsewhere::heard);
    listener.onWord(Wakeups.GIVEN_UP, watcher::wake);
    shutdown.register(
        Shutdown.Phase.STOP_CLAIMING,
        "dispatch",
        () -> {
          dispatch.stop(PATIENCE);
          elsewhere.stop(PATIENCE);
          List.of(watcher, reaper, outbox).forEach(loop -> loop.stop(PATIENCE));
        });
    // By now the trigger claims nothing more either.
    shutdown.register(Shutdown.Phase.DRAIN, "claimed runs", givenUp::giveUp);
  }
}
