package io.oasis.server.dispatch;

import io.oasis.server.database.Database;
import io.oasis.server.database.Isolation;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.run.RunRow;
import io.oasis.server.time.DatabaseClock;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * Commits the hand-over of runs whose time has come, and has their nodes sent what they are to do.
 */
@Singleton
public class HandOver {
  private final Database database;
  private final DatabaseClock clock;
  private final RunDispatcher dispatcher;
  private final QuickHandOver quick;
  private final Placing placing;
  private final Reservations reservations;
  private final Wakeups wakeups;

  public HandOver(
      Database database,
      DatabaseClock clock,
      RunDispatcher dispatcher,
      QuickHandOver quick,
      Placing placing,
      Reservations reservations,
      Wakeups wakeups) {
    this.database = database;
    this.clock = clock;
    this.dispatcher = dispatcher;
    this.quick = quick;
    this.placing = placing;
    this.reservations = reservations;
    this.wakeups = wakeups;
  }

  /**
   * What is committed.
   *
   * @param waiting runs that no node can take now
   * @param again runs that have to be looked at again in a moment
   * @param left runs that were not decided
   * @param send sends what is to be sent; a node may be done with it, and say so, at once
   */
  record Committed(List<RunRow> waiting, List<RunRow> again, List<RunRow> left, Runnable send) {}

  /**
   * Hands over what nothing stands in the way of.
   *
   * @param taken when the runs were found due
   */
  Committed quickly(List<RunRow> due, Instant taken) {
    Reservation reserved = reservations.begin();
    QuickHandOver.Done done;
    try {
      done =
          database.call(
              tx -> {
                QuickHandOver.Done batch = quick.handOver(tx, due, now(taken));
                reserved.reserve(tx, batch.handedOver(), List.of());
                return batch;
              });
    } catch (RuntimeException e) {
      reserved.release();
      if (!Isolation.mayBeAnItems(e)) {
        throw e;
      }
      // A slot was taken just now, or one of them is at fault: that comes out where they are
      // locked.
      return new Committed(List.of(), List.of(), due, () -> {});
    } finally {
      placing.newBatch(Router.Desk.DUE);
    }
    done.afterCommit().run();
    return new Committed(List.of(), List.of(), done.left(), reserved::send);
  }

  /** Decides about each of them. */
  Committed thoroughly(List<RunRow> due, Instant taken) {
    Reservation reserved = reservations.begin();
    RunDispatcher.Batch batch;
    try {
      batch = database.call(tx -> dispatch(tx, due, taken, reserved));
    } catch (RuntimeException e) {
      reserved.release();
      throw e;
    } finally {
      placing.newBatch(Router.Desk.DUE);
    }
    batch.afterCommit().run();
    return new Committed(batch.waiting(), batch.again(), List.of(), reserved::send);
  }

  private RunDispatcher.Batch dispatch(
      Tx tx, List<RunRow> due, Instant taken, Reservation reserved) {
    RunDispatcher.Batch batch = dispatcher.dispatch(tx, due, now(taken));
    if (batch.told()) {
      wakeups.send(tx, Wakeups.WAITING);
    }
    reserved.reserve(tx, batch.handedOver(), batch.members());
    return batch;
  }

  /**
   * A measurement meanwhile may have set our idea of the database's time back a little: no
   * hand-over is written with a time before the one that made its run due.
   */
  private Instant now(Instant taken) {
    Instant now = clock.instant();
    return now.isBefore(taken) ? taken : now;
  }

  /** Ends a run that a fault keeps from being handed over. */
  void giveUp(RunRow run, String message) {
    database.call(tx -> dispatcher.giveUp(tx, run, message, clock.instant())).run();
  }
}
