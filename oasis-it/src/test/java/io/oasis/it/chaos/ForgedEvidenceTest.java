package io.oasis.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.chaos.Execution.End;
import io.oasis.it.chaos.Execution.HandOver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of a chaos run find what they are there for: tried on evidence that is made up. */
class ForgedEvidenceTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Actor EXECUTOR = new Actor("executor-1", () -> null);
  private static final String KEY = "chaos/rate";

  private final List<History.Run> runs = new ArrayList<>();
  private final List<History.LogRow> logs = new ArrayList<>();
  private final List<Execution> executions = new ArrayList<>();
  private Optional<Instant> edited = Optional.empty();

  /** A job that fires every 10 s, 6 times, and each run of it as it should be. */
  ForgedEvidenceTest() {
    for (int i = 0; i < 6; i++) {
      run(i + 1, START.plusSeconds(10 * i), Optional.empty());
      done(i + 1, START.plusSeconds(10 * i), 2_000);
      lines(i + 1, "line 1", "line 2");
    }
  }

  @Test
  @DisplayName("evidence without a fault passes every check")
  void nothingIsFound() {
    assertThat(all()).isEmpty();
  }

  @Test
  @DisplayName("a time without a run is a gap")
  void gapIsFound() {
    runs.remove(3);

    assertThat(new NominalTimes(evidence()).gapsAndDoubles())
        .extracting(Finding::what)
        .containsExactly("gap: chaos/rate at 2026-11-22T10:00:30Z");
  }

  @Test
  @DisplayName("a time that ran and lies in a stretch as well is a double, and so is a second run")
  void doublesAreFound() {
    var stretch = new History.Stretch(START, START.plusSeconds(10), 2);
    run(7, START, Optional.of(stretch));
    run(8, START.plusSeconds(50), Optional.empty());

    assertThat(new NominalTimes(evidence()).gapsAndDoubles()).hasSize(3);
  }

  @Test
  @DisplayName("a stretch that counts wrongly is found")
  void wrongCountIsFound() {
    runs.subList(0, 3).clear();
    run(7, START, Optional.of(new History.Stretch(START, START.plusSeconds(20), 4)));

    assertThat(new NominalTimes(evidence()).gapsAndDoubles())
        .extracting(Finding::what)
        .singleElement()
        .asString()
        .contains("a stretch of 4 times covers 3");
  }

  @Test
  @DisplayName(
      "a stretch after an edit counts the times of the new schedule alone, and those rightly")
  void stretchAfterEdit() {
    // Every 10 s, and from the 15th second on every 8 s: at 20 s the old schedule might have fired.
    edited = Optional.of(START.plusSeconds(15));
    runs.subList(2, 6).clear();
    for (int second = 32; second < 60; second += 8) {
      run(second, START.plusSeconds(second), Optional.empty());
    }
    run(7, 2, at(16), Optional.of(new History.Stretch(at(16), at(24), 2)));
    assertThat(new NominalTimes(evidence()).gapsAndDoubles()).isEmpty();

    runs.removeLast();
    run(7, 2, at(16), Optional.of(new History.Stretch(at(16), at(24), 3)));
    assertThat(new NominalTimes(evidence()).gapsAndDoubles())
        .extracting(Finding::what)
        .singleElement()
        .asString()
        .contains("a stretch of 3 times covers 2");
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  @Test
  @DisplayName("two runs of a serial job at once are found in the database and on the executors")
  void overlapIsFound() {
    run(7, START.plusSeconds(1), Optional.empty());
    done(7, START.plusSeconds(1), 2_000);

    assertThat(new Overlaps(evidence()).inTheDatabase()).isNotEmpty();
    assertThat(new Overlaps(evidence()).onTheExecutors()).isNotEmpty();
  }

  @Test
  @DisplayName("a hand-over that is done twice, and one that begins too early, are found")
  void wrongDeliveriesAreFound() {
    done(2, START.plusSeconds(10), 10);
    executions.add(execution(9, START.plusSeconds(40), START.plusSeconds(39), 5));

    assertThat(new Deliveries(evidence()).doneTwice()).hasSize(1);
    assertThat(new Deliveries(evidence()).tooEarly()).hasSize(1);
  }

  @Test
  @DisplayName("a success that nobody worked for is found")
  void successWithoutWorkIsFound() {
    executions.remove(2);

    assertThat(new Deliveries(evidence()).successWithoutWork())
        .extracting(Finding::what)
        .containsExactly("run 3 attempt 1 epoch 1 member 0 SUCCEEDED, and no executor did it");
  }

  @Test
  @DisplayName("a line that is missing, there twice or in the wrong place is found")
  void wrongLogsAreFound() {
    logs.clear();
    lines(1, "line 1");
    lines(2, "line 1", "line 1", "line 2");
    lines(3, "line 2", "line 1");
    lines(4, "line 1", "line 2");
    lines(5, "line 1", "line 2");
    lines(6, "line 1", "line 2");

    assertThat(new Logs(evidence()).wrong())
        .extracting(f -> f.run().orElseThrow())
        .contains(1L, 2L, 3L)
        .doesNotContain(4L, 5L, 6L);
  }

  @Test
  @DisplayName("an error and a stack trace of a server are found; that of a slow start is none")
  void serversInTroubleAreFound(@TempDir Path folder) throws IOException {
    var slow = "2026-11-22 10:00:00.000 WARN  BlockedThreadChecker  blocked for 3005 ms: Blocked\n";
    var calm = Files.writeString(folder.resolve("calm.log"), slow + "\tat io.netty.Channel\n");
    var busy = "2026-11-22 09:59:58.500 INFO  StepLog  run=1\n";
    var ours =
        Files.writeString(folder.resolve("ours.log"), busy + slow + "\tat io.oasis.server.Api\n");
    var error =
        Files.writeString(
            folder.resolve("error.log"),
            slow + "2026-11-22 10:00:01.000 ERROR Loop  it broke\n\tat io.netty.Channel\n");

    assertThat(ServerLogs.trouble(List.of(calm))).isEmpty();
    assertThat(ServerLogs.trouble(List.of(ours))).hasSize(1);
    assertThat(ServerLogs.trouble(List.of(error))).hasSize(2);
  }

  @Test
  @DisplayName("a thread that was blocked in our code counts, unless the whole server stood still")
  void suspendedServersAreCalm(@TempDir Path folder) throws IOException {
    var before = "2026-11-22 10:00:00.000 INFO  StepLog  run=1\n";
    var meanwhile = "2026-11-22 10:00:07.000 INFO  StepLog  run=2\n";
    var blocked =
        "2026-11-22 10:00:14.900 WARN  BlockedThreadChecker  blocked for 14871 ms: Blocked\n"
            + "\tat io.oasis.server.Api\n";
    var suspended = Files.writeString(folder.resolve("suspended.log"), before + blocked);
    var slow = Files.writeString(folder.resolve("slow.log"), before + meanwhile + blocked);

    assertThat(ServerLogs.trouble(List.of(suspended))).isEmpty();
    assertThat(ServerLogs.trouble(List.of(slow))).hasSize(1);
  }

  private List<Finding> all() {
    var evidence = evidence();
    var found = new ArrayList<Finding>();
    found.addAll(new NominalTimes(evidence).gapsAndDoubles());
    found.addAll(new Overlaps(evidence).inTheDatabase());
    found.addAll(new Overlaps(evidence).onTheExecutors());
    found.addAll(new Deliveries(evidence).doneTwice());
    found.addAll(new Deliveries(evidence).tooEarly());
    found.addAll(new Deliveries(evidence).notFinal());
    found.addAll(new Deliveries(evidence).successWithoutWork());
    found.addAll(new Logs(evidence).wrong());
    return found;
  }

  private Evidence evidence() {
    var job =
        new ChaosJob(
            "chaos",
            "rate",
            new Timing.Rate(Duration.ofSeconds(10)),
            edited.map(at -> new Timing.Rate(Duration.ofSeconds(8))),
            1,
            true,
            "");
    var fleet = new Director.Fleet(Map.of(KEY, job), START, START.plusSeconds(60));
    Map<String, Instant> edits = edited.map(at -> Map.of(KEY, at)).orElse(Map.of());
    var history = new History(runs, List.of(), logs, edits, List.of());
    return new Evidence(fleet, history, executions, Set.of(), List.of());
  }

  private void run(long id, Instant nominal, Optional<History.Stretch> stretch) {
    run(id, 1, nominal, stretch);
  }

  private void run(long id, int revision, Instant nominal, Optional<History.Stretch> stretch) {
    boolean ran = stretch.isEmpty();
    runs.add(
        new History.Run(
            id,
            KEY,
            revision,
            nominal,
            "SCHEDULE",
            ran ? "SUCCEEDED" : "MISSED",
            Optional.empty(),
            1,
            1,
            0,
            Optional.of(nominal).filter(at -> ran),
            Optional.of(nominal).filter(at -> ran),
            Optional.of(nominal.plusSeconds(2)),
            stretch,
            2));
  }

  private void done(long id, Instant nominal, long millis) {
    executions.add(execution(id, nominal, nominal, millis));
  }

  private static Execution execution(long id, Instant nominal, Instant start, long millis) {
    long from = start.toEpochMilli();
    return new Execution(
        new HandOver(id, 1, 1, 0),
        EXECUTOR,
        KEY,
        nominal.toEpochMilli(),
        from,
        Optional.of(new End(from + millis, "ok", 2)));
  }

  private void lines(long id, String... texts) {
    var json =
        List.of(texts).stream()
            .map(t -> "[0,\"H\",\"" + t + "\"]")
            .collect(Collectors.joining(","));
    logs.add(new History.LogRow(id, 1, 0, 1, 1, texts.length, "[" + json + "]"));
  }
}
