package io.oasis.bench.peer.raw;

import io.oasis.bench.peer.Calls;
import io.oasis.bench.peer.DueTimes;
import io.oasis.bench.peer.Peer;
import io.oasis.bench.peer.PeerProcess;
import io.oasis.bench.postgres.Database;
import io.oasis.bench.postgres.RawSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;

/**
 * Two threads that claim, "run" and finish batches; each asks again after 20 ms when nothing is
 * due.
 */
public final class RawPeer implements Peer {
  private static final int THREADS = 2;
  private static final long POLL_MILLIS = 20;
  private static final String OPEN =
      """
      SELECT EXISTS (SELECT FROM bench_job WHERE next_fire_at IS NOT NULL)
          OR EXISTS (SELECT FROM bench_run WHERE state = 'RUNNING')
      """;

  private final Database database;
  private final Calls calls;
  private volatile boolean running = true;

  private RawPeer(Database database, Calls calls) {
    this.database = database;
    this.calls = calls;
  }

  /** Arguments: port and name of the database. */
  public static void main(String[] arguments) throws Exception {
    Calls calls = new Calls(InstantSource.system());
    Database database = new Database(Integer.parseInt(arguments[0]), arguments[1]);
    PeerProcess.serve(new RawPeer(database, calls), calls);
  }

  @Override
  public void start() {
    database.execute(
        RawSql.TABLES + "CREATE INDEX bench_run_open ON bench_run (id) WHERE state = 'RUNNING'");
    for (int i = 0; i < THREADS; i++) {
      Thread.ofPlatform().daemon().name("raw-" + i).start(this::loop);
    }
  }

  private void loop() {
    try (RawSql sql = new RawSql(database)) {
      while (true) {
        RawSql.Claimed claimed = running ? sql.claim() : null;
        if (claimed == null || claimed.ids().isEmpty()) {
          Thread.sleep(POLL_MILLIS);
        } else {
          for (int i = 0; i < claimed.ids().size(); i++) {
            calls.note(claimed.ids().get(i), claimed.dueMicros().get(i));
          }
          sql.finish(claimed);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void pause() {
    running = false;
  }

  @Override
  public void resume() {
    running = true;
  }

  @Override
  public void seed(DueTimes due) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement fill = connection.prepareStatement(RawSql.FILL)) {
      fill.setLong(1, due.firstMicros());
      fill.setLong(2, due.apartMicros());
      fill.setLong(3, due.count());
      fill.executeUpdate();
    }
    database.execute("ANALYZE bench_job");
  }

  @Override
  public boolean isDone() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(OPEN)) {
      rows.next();
      return !rows.getBoolean(1);
    }
  }
}
