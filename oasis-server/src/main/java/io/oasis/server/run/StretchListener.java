package io.oasis.server.run;

import io.oasis.server.database.Tx;
import java.util.List;

/**
 * A feature that has something to do when times pass that do not run. It is called in the
 * transaction that writes them.
 */
public interface StretchListener {

  /**
   * Does its part in the same transaction.
   *
   * @param stretches those that were to be written, never empty
   * @param runIds for each of them the id of its row; null: the ledger had it before
   */
  void written(Tx tx, List<NewStretch> stretches, List<Long> runIds);
}
