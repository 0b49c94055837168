package io.oasis.server.job;

import io.oasis.schedule.Schedule;
import io.oasis.server.database.Tx;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Revisions of jobs that are in use, kept in memory. A revision never changes, so a kept one is
 * never wrong; the least recently used ones make room.
 */
@Singleton
public class JobVersions {
  private static final int KEPT = 20_000;

  private final JobVersionStore store;
  private final Map<JobVersion.Id, JobVersion> kept =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobVersion.Id, JobVersion> eldest) {
          return size() > KEPT;
        }
      };

  public JobVersions(JobVersionStore store) {
    this.store = store;
  }

  /**
   * The revisions that were asked for, with at most one query for those that are not kept. One that
   * does not exist is not in the answer.
   */
  public Map<JobVersion.Id, JobVersion> get(Tx tx, Collection<JobVersion.Id> ids) {
    Map<JobVersion.Id, JobVersion> found = new HashMap<>();
    Set<JobVersion.Id> unknown = new LinkedHashSet<>();
    synchronized (kept) {
      for (JobVersion.Id id : ids) {
        JobVersion version = kept.get(id);
        if (version != null) {
          found.put(id, version);
        } else {
          unknown.add(id);
        }
      }
    }
    if (!unknown.isEmpty()) {
      List<JobVersion> loaded = store.load(tx, unknown);
      synchronized (kept) {
        for (JobVersion version : loaded) {
          // An unreadable one may be mended; it is read anew each time.
          if (version.isReadable()) {
            kept.put(version.id(), version);
          }
          found.put(version.id(), version);
        }
      }
    }
    return found;
  }

  /**
   * Forgets those of the revisions whose jobs run once by their schedule: they are hardly ever
   * asked for again, and what stays for long is copied by each collection of garbage until it is
   * old.
   */
  public void forgetOneTimes(Collection<JobVersion.Id> ids) {
    synchronized (kept) {
      for (JobVersion.Id id : ids) {
        JobVersion version = kept.get(id);
        if (version != null && version.spec().schedule() instanceof Schedule.OneTime) {
          kept.remove(id);
        }
      }
    }
  }
}
