package io.oasis.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.JobKey;
import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the engine reads of a job, and what it keeps. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class JobVersionsTest {
  private static final String ONCE = "schedule: {at: 2099-01-01T00:00:00Z}";
  private static final String HOURLY = "schedule: {fixedRate: 1h}";

  @Inject Applier applier;
  @Inject Database database;
  @Inject JobVersions versions;
  @Inject JobVersionStore store;

  private TestJobs app;

  @BeforeEach
  void app() {
    app = new TestJobs(applier, database);
  }

  @Test
  @DisplayName("the newest revision and an older one are read together, each with its own spec")
  void newestAndOlder() {
    long uid = app.job("report", HOURLY, "handler: old");
    app.job("report", HOURLY, "handler: young");
    long other = app.job("other", ONCE);

    Map<JobVersion.Id, JobVersion> found = load(id(uid, 1), id(uid, 2), id(other, 1), id(uid, 9));

    assertThat(found).containsOnlyKeys(id(uid, 1), id(uid, 2), id(other, 1));
    assertThat(found.get(id(uid, 1)).spec().handler()).isEqualTo("old");
    assertThat(found.get(id(uid, 2)).spec().handler()).isEqualTo("young");
    assertThat(found.values()).allMatch(version -> version.key().equals(version.then()));
  }

  @Test
  @DisplayName("a job with a jitter has the name that it had under the revision, for its times")
  void nameUnderTheRevision() {
    long uid = app.job("before", "schedule: {fixedRate: 1h, jitter: 10m}");
    database.run(tx -> tx.update("UPDATE job SET name = 'after' WHERE uid = ?", uid));

    JobVersion found = load(id(uid, 1)).get(id(uid, 1));

    assertThat(found.key()).isEqualTo(new JobKey(app.app(), "after"));
    assertThat(found.then()).isEqualTo(new JobKey(app.app(), "before"));
  }

  @Test
  @DisplayName("where the job's own copy of the spec cannot be read, the revision's is")
  void ownCopySpoiled() {
    long uid = app.job("spoiled", HOURLY, "handler: settle");
    database.run(tx -> tx.update("UPDATE job SET spec = '{\"handler\": 7}' WHERE uid = ?", uid));

    JobVersion found = load(id(uid, 1)).get(id(uid, 1));

    assertThat(found.isReadable()).isTrue();
    assertThat(found.spec().handler()).isEqualTo("settle");
  }

  @Test
  @DisplayName("revisions of one-time jobs can be forgotten, those of others stay")
  void forgets() {
    JobVersion.Id once = id(app.job("once", ONCE), 1);
    JobVersion.Id hourly = id(app.job("hourly", HOURLY), 1);
    Map<JobVersion.Id, JobVersion> before = get(once, hourly);

    versions.forgetOneTimes(List.of(once, hourly, id(1, 77)));

    Map<JobVersion.Id, JobVersion> after = get(once, hourly);
    assertThat(after).isEqualTo(before);
    assertThat(after.get(hourly)).isSameAs(before.get(hourly));
    assertThat(after.get(once)).isNotSameAs(before.get(once));
  }

  private Map<JobVersion.Id, JobVersion> get(JobVersion.Id... ids) {
    return database.call(tx -> versions.get(tx, List.of(ids)));
  }

  private Map<JobVersion.Id, JobVersion> load(JobVersion.Id... ids) {
    return database.call(tx -> store.load(tx, Set.of(ids))).stream()
        .collect(Collectors.toMap(JobVersion::id, Function.identity()));
  }

  private static JobVersion.Id id(long uid, int revision) {
    return new JobVersion.Id(uid, revision);
  }
}
