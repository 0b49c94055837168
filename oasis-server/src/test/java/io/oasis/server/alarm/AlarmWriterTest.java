package io.oasis.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.SpecForm;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Standing;
import io.oasis.server.run.Step;
import io.oasis.server.run.Trigger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a batch of final states costs, and in which order it is told. */
class AlarmWriterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final Map<Long, JobVersion> jobs = new HashMap<>();
  private final Statements statements = new Statements();
  private final List<String> words = new ArrayList<>();
  private final AlarmWriter writer =
      new AlarmWriter(statements, new Known(), new Said(), new Settings(), new NoWebhook());

  @Test
  @DisplayName("500 runs of jobs without an alarm cost no statement, however they end")
  void noAlarmNoStatement() {
    job(1, Map.of());

    writer.written(null, steps(1, 500, RunState.SUCCEEDED));
    writer.written(null, steps(1, 500, RunState.FAILED));

    assertThat(statements.called).isEmpty();
    assertThat(words).isEmpty();
  }

  @Test
  @DisplayName("500 successes of jobs with an alarm cost one look at the open incidents")
  void successesCostOneLook() {
    LongStream.range(0, 500).forEach(uid -> job(uid, Map.of("mail", List.of("owner"))));

    List<Step> steps = new ArrayList<>();
    LongStream.range(0, 500).forEach(uid -> steps.addAll(steps(uid, 1, RunState.SUCCEEDED)));
    writer.written(null, steps);

    assertThat(statements.called).containsExactly("lockOpen 500");
  }

  @Test
  @DisplayName("500 failures of 500 jobs cost three statements and one wake-up")
  void failuresCostThree() {
    LongStream.range(0, 500).forEach(uid -> job(uid, Map.of("mail", List.of("owner", "a@b.c"))));

    List<Step> steps = new ArrayList<>();
    LongStream.range(0, 500).forEach(uid -> steps.addAll(steps(uid, 1, RunState.FAILED)));
    writer.written(null, steps);

    assertThat(statements.called).containsExactly("open 500", "ownerAddresses 1", "insert 1000");
    assertThat(words).containsExactly(Wakeups.ALARMS);
  }

  @Test
  @DisplayName("BK3: what was skipped, killed or cancelled is neither a failure nor a success")
  void notTrouble() {
    job(1, Map.of("mail", List.of("owner")));

    for (RunState state :
        List.of(RunState.SKIPPED, RunState.KILLED, RunState.CANCELLED, RunState.COALESCED)) {
      writer.written(null, steps(1, 3, state));
    }

    assertThat(statements.called).isEmpty();
  }

  @Test
  @DisplayName(
      "LG6: in one batch a success ends what failed before it and not what failed after it")
  void order() {
    job(1, Map.of("mail", List.of("a@b.c")));
    List<Step> steps = new ArrayList<>();
    steps.addAll(steps(1, 2, RunState.FAILED, 10));
    steps.addAll(steps(1, 1, RunState.SUCCEEDED, 20));
    steps.addAll(steps(1, 3, RunState.FAILED, 30));

    writer.written(null, steps);

    assertThat(statements.called)
        .containsExactly(
            "open 1", "insert 1", "lockOpen 1", "resolve 1", "insert 1", "open 1", "insert 1");
    assertThat(statements.failures).containsExactly(2L, 3L);
  }

  private void job(long uid, Map<String, Object> alarm) {
    Map<String, Object> spec = new HashMap<>();
    spec.put("title", "Settle");
    spec.put("schedule", "none");
    spec.put("handler", "settle");
    if (!alarm.isEmpty()) {
      spec.put("alarm", alarm);
    }
    JobSpec read = SpecForm.fromMap(spec);
    JobKey key = new JobKey("billing", "job-" + uid);
    jobs.put(uid, new JobVersion(new JobVersion.Id(uid, 1), 7, key, read, NOW, key));
  }

  private static List<Step> steps(long uid, int count, RunState state) {
    return steps(uid, count, state, 100);
  }

  private static List<Step> steps(long uid, int count, RunState state, long firstId) {
    return LongStream.range(firstId, firstId + count).mapToObj(id -> step(uid, id, state)).toList();
  }

  private static Step step(long uid, long id, RunState state) {
    RunRow run = new RunRow(id, NOW, origin(uid), standing(RunState.RUNNING));
    return new Step(run, RunEvent.FAILED, run.with(standing(state)), List.of(), Optional.empty());
  }

  private static RunRow.Origin origin(long uid) {
    return new RunRow.Origin(uid, 7, 1, Trigger.SCHEDULE, Optional.empty(), NOW, 1, false);
  }

  private static Standing standing(RunState state) {
    return new Standing(
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("node-1"),
        Optional.empty(),
        1,
        1,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        state.isFinal() ? Optional.of(NOW) : Optional.empty(),
        Optional.empty(),
        0,
        List.of(),
        Optional.empty());
  }

  private final class Known extends JobVersions {
    Known() {
      super(null);
    }

    @Override
    public Map<JobVersion.Id, JobVersion> get(Tx tx, Collection<JobVersion.Id> ids) {
      Map<JobVersion.Id, JobVersion> found = new HashMap<>();
      ids.forEach(id -> found.put(id, jobs.get(id.jobUid())));
      return found;
    }
  }

  private final class Said extends Wakeups {
    @Override
    public void send(Tx tx, String word) {
      words.add(word);
    }
  }

  /** Counts instead of writing; every trouble opens an incident, every success finds one. */
  private static final class Statements extends AlarmWriteStore {
    private final List<String> called = new ArrayList<>();
    private final List<Long> failures = new ArrayList<>();

    @Override
    List<Opened> open(Tx tx, List<Trouble> troubles) {
      called.add("open " + troubles.size());
      troubles.forEach(t -> failures.add(t.failures()));
      return troubles.stream()
          .map(t -> new Opened(t.key(), t.key().jobUid(), true, t.failures(), true))
          .toList();
    }

    @Override
    List<Open> lockOpen(Tx tx, Collection<Long> jobUids) {
      called.add("lockOpen " + jobUids.size());
      return jobUids.size() > 1
          ? List.of()
          : jobUids.stream().map(uid -> new Open(uid, uid, 1)).toList();
    }

    @Override
    void resolve(Tx tx, List<Open> incidents, Map<Long, AlarmWriter.Ended> byJob) {
      called.add("resolve " + incidents.size());
    }

    @Override
    Map<Long, String> ownerAddresses(Tx tx, List<Long> appIds) {
      if (!appIds.isEmpty()) {
        called.add("ownerAddresses " + appIds.size());
      }
      return Map.of(7L, "owner@example.com");
    }

    @Override
    void insert(Tx tx, List<Line> lines, Duration gather) {
      called.add("insert " + lines.size());
    }
  }

  private record NoWebhook() implements WebhookConfig {
    @Override
    public Optional<URI> url() {
      return Optional.empty();
    }

    @Override
    public Optional<String> secret() {
      return Optional.empty();
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(1);
    }
  }

  private record Settings() implements AlarmConfig {
    @Override
    public Duration gather() {
      return Duration.ZERO;
    }

    @Override
    public Duration retry() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration giveUp() {
      return Duration.ofDays(1);
    }

    @Override
    public Language defaultLanguage() {
      return Language.EN;
    }

    @Override
    public ZoneId defaultTimeZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Optional<URI> publicUrl() {
      return Optional.empty();
    }
  }
}
