package io.oasis.server.database;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears the words of {@link Wakeups} on a connection of its own. Words may get lost (a broken
 * connection, an engine without NOTIFY): whoever listens polls as well. After each new connection
 * all actions are fired once, because a word may have been said while nobody listened.
 */
@ApplicationScoped
public class Listener {
  private static final Logger LOG = Logger.getLogger(Listener.class);

  /** Also how long a stop takes: nothing ends a read on a socket but the socket's end. */
  private static final int WAIT_MILLIS = 500;

  private static final long RETRY_MILLIS = 1_000;

  private final DataSource dataSource;
  private final Map<String, List<Runnable>> actions = new ConcurrentHashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Thread thread;

  public Listener(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Has the action fired whenever the word is said, and after each new connection.
   *
   * @param word as sent by {@link Wakeups#send}
   * @param action short and never blocking, such as waking a loop: it runs on the listener's thread
   */
  public void onWord(String word, Runnable action) {
    actions.computeIfAbsent(word, w -> new CopyOnWriteArrayList<>()).add(action);
  }

  void start(@Observes @Priority(1) StartupEvent event) {
    thread = Thread.ofPlatform().daemon().name("oasis-listener").start(this::listenUntilStopped);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopped.countDown();
    if (thread != null) {
      thread.join(Duration.ofSeconds(1));
    }
  }

  private void listenUntilStopped() {
    boolean said = false;
    boolean again = true;
    while (again) {
      try (Connection connection = dataSource.getConnection()) {
        try {
          PGConnection listening = listen(connection);
          if (said) {
            LOG.info("listening to the database's notifications again");
            said = false;
          }
          actions.values().forEach(Listener::fire);
          while (stopped.getCount() > 0) {
            hear(listening.getNotifications(WAIT_MILLIS));
          }
        } finally {
          // Broken or listening, it is of no use to anybody else in the pool.
          connection.abort(Runnable::run);
        }
      } catch (SQLException | RuntimeException e) {
        if (stopped.getCount() > 0 && !said) {
          said = true;
          LOG.warnf("no notifications from the database (%s): polling only", e.getMessage());
        }
      }
      again = !stoppedAfterPause();
    }
  }

  private static PGConnection listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + Wakeups.CHANNEL);
    }
    return connection.unwrap(PGConnection.class);
  }

  private void hear(PGNotification[] notifications) {
    if (notifications == null) {
      return;
    }
    for (PGNotification notification : notifications) {
      fire(actions.getOrDefault(notification.getParameter(), List.of()));
    }
  }

  private static void fire(List<Runnable> toFire) {
    for (Runnable action : toFire) {
      try {
        action.run();
      } catch (RuntimeException e) {
        LOG.error("an action of the listener failed", e);
      }
    }
  }

  private boolean stoppedAfterPause() {
    try {
      return stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return stopped.getCount() == 0;
    }
  }
}
