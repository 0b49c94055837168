package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Writes what the schedule makes: runs, and times that did not run with all that follows. */
@ApplicationScoped
public class NewOccurrences {
  private final RunInsertStore store;
  private final List<StretchListener> listeners;

  public NewOccurrences(RunInsertStore store, @All List<StretchListener> listeners) {
    this.store = store;
    this.listeners = listeners;
  }

  /** {@link RunInsertStore#insert}. */
  public List<RunRow> insert(Tx tx, String server, List<NewRun> runs) {
    return store.insert(tx, server, runs);
  }

  /** {@link RunInsertStore#insertHeld}. */
  public void insertHeld(Tx tx, String server, List<NewRun> runs, String why) {
    store.insertHeld(tx, server, runs, why);
  }

  /** Writes times that did not run, and tells those whom it concerns. */
  public void insertStretches(Tx tx, List<NewStretch> stretches) {
    if (!stretches.isEmpty()) {
      List<Long> ids = store.insertStretches(tx, stretches);
      listeners.forEach(listener -> listener.written(tx, stretches, ids));
    }
  }
}
