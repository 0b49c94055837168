package io.oasis.server.run;

import io.oasis.server.database.Tx;
import java.util.List;

/**
 * A feature that has something to do when runs move. The ledger calls every listener in the
 * transaction that writes the steps.
 */
public interface LedgerListener {

  /**
   * Does its part in the same transaction.
   *
   * @param steps those that were written, never empty
   * @return what to do once the transaction is committed
   */
  Runnable written(Tx tx, List<Step> steps);
}
