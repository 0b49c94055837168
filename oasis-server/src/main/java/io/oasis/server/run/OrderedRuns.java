package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.lease.ServerMembership;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the rows of runs that somebody asked for, and that he did. */
@ApplicationScoped
public class OrderedRuns {
  private final RunInsertStore store;
  private final ServerMembership membership;
  private final AuditTrail audit;

  public OrderedRuns(RunInsertStore store, ServerMembership membership, AuditTrail audit) {
    this.store = store;
    this.membership = membership;
    this.audit = audit;
  }

  RunRow insert(Tx tx, NewRun run) {
    RunRow row = store.insert(tx, membership.serverId(), List.of(run)).get(0);
    Map<String, Object> facts = new LinkedHashMap<>();
    run.rerunOf().ifPresent(old -> facts.put("rerunOf", old));
    if (run.forced()) {
      facts.put("forced", true);
    }
    facts.put("revision", run.job().id().revision());
    audit.write(
        tx,
        run.by().orElse("?"),
        run.rerunOf().isPresent() ? "run.rerun" : "run.start",
        AuditedSteps.object(row.id(), run.job()),
        Optional.empty(),
        Optional.of(facts));
    return row;
  }

  Optional<Long> findKey(Tx tx, long jobUid, String key) {
    return store.findKey(tx, jobUid, key);
  }

  void keepKey(Tx tx, long jobUid, String key, long runId) {
    store.keepKey(tx, jobUid, key, runId);
  }
}
