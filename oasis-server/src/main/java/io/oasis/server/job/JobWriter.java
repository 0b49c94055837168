package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads and writes many jobs at once, for whoever applies manifests. */
@ApplicationScoped
public class JobWriter {
  private final JobWriteStore store;
  private final JobFireStore fires;
  private final DueTimes due;

  public JobWriter(JobWriteStore store, JobFireStore fires, DueTimes due) {
    this.store = store;
    this.fires = fires;
    this.due = due;
  }

  /**
   * Makes management of jobs take turns until the transaction ends, so that two changes never
   * interleave. The engine does not wait for it.
   */
  public void lock(Tx tx) {
    store.lock(tx);
  }

  /** The database's time now. */
  public Instant now(Tx tx) {
    return store.now(tx);
  }

  /** Decides what is due of jobs before they change or end: see {@link DueTimes#settle}. */
  public void settle(Tx tx, Collection<Long> uids) {
    due.settle(tx, uids);
  }

  /** The jobs of these keys that exist, with one query. */
  public Map<JobKey, ManagedJob> current(Tx tx, Collection<JobKey> keys) {
    return store.current(tx, keys).stream()
        .collect(Collectors.toMap(ManagedJob::key, Function.identity()));
  }

  /** The jobs of these uids that exist, with one query. */
  public Map<Long, ManagedJob> currentByUid(Tx tx, Collection<Long> uids) {
    return uids.isEmpty()
        ? Map.of()
        : store.currentByUid(tx, uids).stream()
            .collect(Collectors.toMap(ManagedJob::uid, Function.identity()));
  }

  /** Everything that a source owns, by app and name. */
  public List<ManagedJob> owned(Tx tx, String source) {
    return store.owned(tx, source);
  }

  /** Gives jobs other names, which must be free; their history stays theirs. */
  public void renameAll(Tx tx, Map<Long, String> names, String by) {
    if (!names.isEmpty()) {
      store.renameAll(tx, names, by);
    }
  }

  /** Deletes jobs because their owner does not have them any more; their history stays. */
  public void deleteAll(Tx tx, Collection<Long> uids, String by) {
    if (!uids.isEmpty()) {
      store.deleteAll(tx, uids, by);
    }
  }

  /**
   * Forgets that somebody deleted jobs of a source by hand, where the source does not have them any
   * more either.
   *
   * @param kept what the source has
   */
  public void settleDeleted(Tx tx, String source, Collection<JobKey> kept) {
    store.settleDeleted(tx, source, kept);
  }

  /** Writes new jobs and their first revisions; the answer is their uids. */
  public Map<JobKey, Long> insertAll(Tx tx, List<JobDraft> drafts, JobDraft.Origin origin) {
    if (drafts.isEmpty()) {
      return Map.of();
    }
    Map<JobKey, Long> uids = store.insertAll(tx, drafts, origin);
    store.insertRevisions(tx, drafts, uids, origin);
    setTimes(tx, drafts, uids);
    return uids;
  }

  /** Changes jobs and writes their new revisions. */
  public void updateAll(
      Tx tx, List<JobDraft> drafts, Map<JobKey, Long> uids, JobDraft.Origin origin) {
    if (drafts.isEmpty()) {
      return;
    }
    settle(tx, drafts.stream().map(draft -> uids.get(draft.key())).toList());
    store.updateAll(tx, drafts, origin);
    store.insertRevisions(tx, drafts, uids, origin);
    setTimes(tx, drafts, uids);
  }

  /** Where the schedule stays, what the engine has written since stays as well. */
  private void setTimes(Tx tx, List<JobDraft> drafts, Map<JobKey, Long> uids) {
    Map<Long, Firing> firings = new HashMap<>();
    drafts.forEach(
        draft -> draft.firing().ifPresent(firing -> firings.put(uids.get(draft.key()), firing)));
    fires.set(tx, firings);
  }

  /** Gives jobs to a source without changing what they are. */
  public void adoptAll(Tx tx, Collection<Long> uids, JobDraft.Origin origin) {
    if (!uids.isEmpty()) {
      store.adoptAll(tx, uids, origin);
    }
  }
}
