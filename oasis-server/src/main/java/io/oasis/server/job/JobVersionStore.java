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
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Reads revisions of jobs for the engine. */
@ApplicationScoped
public class JobVersionStore {
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private static final String LOAD =
      """
      SELECT j.uid, v.revision, j.app_id, a.name AS app, j.name, v.spec, j.anchor_at
        FROM (SELECT DISTINCT * FROM unnest(?::bigint[], ?::int[]) AS u(uid, revision)) u
        JOIN job_revision v ON v.job_uid = u.uid AND v.revision = u.revision
        JOIN job j ON j.uid = u.uid
        JOIN app a ON a.id = j.app_id
      """;

  private final ObjectMapper json;

  public JobVersionStore(ObjectMapper json) {
    this.json = json;
  }

  List<JobVersion> load(Tx tx, List<JobVersion.Id> ids) {
    return tx.query(
        LOAD,
        this::version,
        SqlArray.longs(ids.stream().map(JobVersion.Id::jobUid).toList()),
        SqlArray.ints(ids.stream().map(JobVersion.Id::revision).toList()));
  }

  private JobVersion version(Row row) {
    return new JobVersion(
        new JobVersion.Id(row.longNumber("uid"), row.number("revision")),
        row.longNumber("app_id"),
        new JobKey(row.text("app"), row.text("name")),
        spec(row.text("spec")),
        row.instant("anchor_at"));
  }

  private JobSpec spec(String stored) {
    try {
      return SpecForm.fromMap(json.readValue(stored, MAP));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored spec is not JSON: " + stored, e);
    }
  }
}
