package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which jobs went wrong the last time. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class JobTroublesTest {
  /** No job has so high a number. */
  private static final long JOB = 7_000_000_000L;

  private static final long OTHER = JOB + 1;

  @Inject Database database;
  @Inject JobTroubleStore store;

  @Test
  @DisplayName("a failure is kept, the next success ends it, and an older word changes nothing")
  void lastOneCounts() {
    write(new JobTroubles.Last(JOB, 10, RunState.FAILED));
    assertThat(troubles(JOB)).containsExactly("10 FAILED");

    write(new JobTroubles.Last(JOB, 9, RunState.SUCCEEDED));
    write(new JobTroubles.Last(JOB, 8, RunState.LOST));
    assertThat(troubles(JOB)).containsExactly("10 FAILED");

    write(new JobTroubles.Last(JOB, 12, RunState.TIMED_OUT));
    assertThat(troubles(JOB)).containsExactly("12 TIMED_OUT");

    write(new JobTroubles.Last(JOB, 13, RunState.SUCCEEDED));
    assertThat(troubles(JOB)).isEmpty();
  }

  @Test
  @DisplayName("of several runs of one batch the newest counts, whatever the order they ended in")
  void newestOfBatch() {
    JobTroubles.Last failed = new JobTroubles.Last(OTHER, 21, RunState.FAILED);
    JobTroubles.Last well = new JobTroubles.Last(OTHER, 22, RunState.SUCCEEDED);

    assertThat(failed.or(well)).isEqualTo(well);
    assertThat(well.or(failed)).isEqualTo(well);
  }

  @Test
  @DisplayName("what ended within a second is written together: of each job its newest end")
  void gathered() {
    JobTroubles troubles = new JobTroubles(database, store);
    long well = JOB + 2;
    long wrong = JOB + 3;
    write(new JobTroubles.Last(well, 30, RunState.FAILED));

    List<Step> ends = new ArrayList<>();
    ends.add(end(well, 31, RunState.FAILED));
    ends.add(end(wrong, 41, RunState.SUCCEEDED));
    ends.add(end(wrong, 43, RunState.LOST));
    ends.add(end(well, 33, RunState.SUCCEEDED));
    ends.add(end(wrong, 42, RunState.SUCCEEDED));
    // More than one array has room for at first.
    for (int i = 0; i < 1_000; i++) {
      ends.add(end(JOB + 100 + i, 1_000 + i, RunState.SUCCEEDED));
    }
    database.call(tx -> troubles.written(tx, ends)).run();

    assertThat(troubles.runOnce()).isEqualTo(1_002);
    assertThat(troubles(well)).isEmpty();
    assertThat(troubles(wrong)).containsExactly("43 LOST");
    assertThat(troubles.runOnce()).isZero();
  }

  private static Step end(long job, long run, RunState state) {
    RunRow.Origin origin =
        new RunRow.Origin(job, 1, 1, Trigger.SCHEDULE, Optional.empty(), Samples.NOW, 1, false);
    RunRow before =
        new RunRow(run, Samples.NOW, origin, Samples.run(RunState.RUNNING, 1, 1).standing());
    RunRow after = new RunRow(run, Samples.NOW, origin, Samples.run(state, 1, 1).standing());
    return new Step(before, RunEvent.valueOf(state.name()), after, List.of(), Optional.empty());
  }

  private void write(JobTroubles.Last last) {
    database.run(tx -> store.write(tx, List.of(last)));
  }

  private List<String> troubles(long job) {
    return database.call(
        tx ->
            tx.query(
                "SELECT run_id || ' ' || state AS text FROM job_trouble WHERE job_uid = ?",
                row -> row.text("text"),
                job));
  }
}
