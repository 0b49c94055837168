package io.oasis.server.run;

import io.oasis.server.database.Tx;
import java.time.Instant;
import java.util.List;

/**
 * Runs whose time has come already when they are written: a backlog after a standstill, or very
 * many jobs that become due at once. What nothing stands in the way of is written and handed over
 * in one step, so that its row is written twice in its life and not three times.
 */
public interface OverdueRuns {
  /** Writes nothing: all runs go the ordinary way. */
  Batch NONE =
      new Batch() {
        @Override
        public List<NewRun> write(Tx tx, List<NewRun> runs, Instant now) {
          return runs;
        }

        @Override
        public int handedOver() {
          return 0;
        }

        @Override
        public void committed() {}

        @Override
        public void rolledBack() {}
      };

  /**
   * What room there is for them.
   *
   * @param free how many could be handed over right now
   * @param ample whether that is a good part of what the nodes of an app can take at all
   */
  record Room(int free, boolean ample) {}

  /** The room on the nodes of this server, less what waits for it already. */
  Room room();

  /** Begins the batch of one transaction. Used by one thread, one batch after the other. */
  Batch begin();

  /** The runs of one transaction. */
  interface Batch {
    /**
     * Writes and hands over what it can; of the others nothing is written.
     *
     * @param runs that are to be written, in the order of their times
     * @return the others, in their order
     */
    List<NewRun> write(Tx tx, List<NewRun> runs, Instant now);

    /** How many runs were written. */
    int handedOver();

    /** The transaction is committed: the nodes are sent what they are to do. */
    void committed();

    /** The transaction may not have been committed: nothing is sent now. */
    void rolledBack();
  }
}
