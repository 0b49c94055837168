package io.oasis.server.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.SpecForm;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Reads revisions of jobs for the engine. */
@Singleton
public class JobVersionStore {
  private static final Logger LOG = Logger.getLogger(JobVersionStore.class);
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  /** The job has a copy of its newest revision's spec, which nearly all runs are made of. */
  private static final String NEWEST =
      """
      SELECT j.uid, j.revision, j.app_id, a.name AS app, j.name, j.spec, j.anchor_at
        FROM job j JOIN app a ON a.id = j.app_id
       WHERE j.uid = ANY(?)
      """;

  private static final String LOAD =
      """
      SELECT j.uid, v.revision, j.app_id, a.name AS app, j.name, coalesce(v.job_name, j.name) AS name_then,
             v.spec, j.anchor_at
        FROM (SELECT unnest(?::bigint[]) AS uid, unnest(?::int[]) AS revision) u
        JOIN job_revision v ON v.job_uid = u.uid AND v.revision = u.revision
        JOIN job j ON j.uid = u.uid
        JOIN app a ON a.id = j.app_id
      """;

  private static final int MOST_SAID = 1_000;

  /** Texts of specs that were read last; jobs that are alike have the same one. */
  private static final int SPECS_KEPT = 1_000;

  /** In characters. A longer one is rarely like another, and a thousand of them would need room. */
  private static final int LONGEST_KEPT = 8_192;

  private final ObjectMapper json;
  private final Map<String, JobSpec> specs =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JobSpec> eldest) {
          return size() > SPECS_KEPT;
        }
      };

  private final Set<JobVersion.Id> said = ConcurrentHashMap.newKeySet();

  public JobVersionStore(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Reads revisions. One whose spec cannot be read (a newer server wrote it, or a hand in the
   * database) is logged once and has {@link JobVersion#UNREADABLE} in its place.
   */
  List<JobVersion> load(Tx tx, Set<JobVersion.Id> ids) {
    List<JobVersion> found = new ArrayList<>(newest(tx, ids));
    Set<JobVersion.Id> left = new LinkedHashSet<>(ids);
    found.forEach(version -> left.remove(version.id()));
    if (!left.isEmpty()) {
      found.addAll(
          tx.query(
              LOAD,
              this::version,
              SqlArray.longs(left.stream().map(JobVersion.Id::jobUid).toList()),
              SqlArray.ints(left.stream().map(JobVersion.Id::revision).toList())));
    }
    return found;
  }

  /** Those of the revisions that their jobs are at, as far as the job's row says all of them. */
  private List<JobVersion> newest(Tx tx, Set<JobVersion.Id> wanted) {
    return tx
        .query(
            NEWEST,
            row -> wanted.contains(id(row)) ? newest(row) : Optional.<JobVersion>empty(),
            SqlArray.longs(wanted.stream().map(JobVersion.Id::jobUid).distinct().toList()))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Empty when the revision itself has to be asked: what is wrong with it, or, because a share of
   * the jitter depends on it, what the job's name was.
   */
  private Optional<JobVersion> newest(Row row) {
    JobSpec spec;
    try {
      spec = spec(row.text("spec"));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
    JobKey key = key(row);
    return spec.jitter().isZero() ? Optional.of(version(row, key, spec, key)) : Optional.empty();
  }

  private JobVersion version(Row row) {
    JobKey key = key(row);
    JobSpec spec = specOrUnreadable(id(row), key, row.text("spec"));
    return version(row, key, spec, new JobKey(key.app(), row.text("name_then")));
  }

  private static JobVersion version(Row row, JobKey key, JobSpec spec, JobKey then) {
    return new JobVersion(
        id(row), row.longNumber("app_id"), key, spec, row.instant("anchor_at"), then);
  }

  private static JobVersion.Id id(Row row) {
    return new JobVersion.Id(row.longNumber("uid"), row.number("revision"));
  }

  private static JobKey key(Row row) {
    return new JobKey(row.text("app"), row.text("name"));
  }

  private JobSpec specOrUnreadable(JobVersion.Id id, JobKey key, String stored) {
    try {
      return spec(stored);
    } catch (RuntimeException e) {
      if (said.size() < MOST_SAID && said.add(id)) {
        LOG.errorf("job=%s revision %d cannot be read: %s", key, id.revision(), e.getMessage());
      }
      return JobVersion.UNREADABLE;
    }
  }

  private JobSpec spec(String stored) {
    if (stored.length() > LONGEST_KEPT) {
      return read(stored);
    }
    synchronized (specs) {
      return specs.computeIfAbsent(stored, this::read);
    }
  }

  private JobSpec read(String stored) {
    try {
      return SpecForm.fromMap(json.readValue(stored, MAP));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored spec is not JSON: " + stored, e);
    }
  }
}
