package io.oasis.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.run.RunHandle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RunLogsTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  @Inject Database database;
  @Inject LogStore store;
  @Inject LogConfig config;
  @Inject RunLogs logs;

  /** Two servers of one cluster. */
  private LogCollector first;

  private LogCollector second;

  private final List<LogAnswer> answers = new CopyOnWriteArrayList<>();
  private RunHandle run;

  @BeforeEach
  void twoServers() {
    first = new LogCollector(database, store, config);
    second = new LogCollector(database, store, config);
    run = insertRun();
  }

  @AfterEach
  void deleteRun() {
    execute("DELETE FROM run WHERE id = ?");
    execute("DELETE FROM attempt WHERE run_id = ?");
  }

  @Test
  @DisplayName("LG1 lines are shown in the order (attempt, member, seq) with stream and time")
  void inOrder() {
    offer(first, run, 1, 3);
    first.runOnce();
    offer(first, run, 4, 2);
    first.runOnce();

    LogPage page = read(LogPosition.START, 100);

    assertThat(page.lines())
        .extracting(LogLine::text)
        .containsExactly("line 1", "line 2", "line 3", "line 4", "line 5");
    assertThat(page.lines().get(2))
        .isEqualTo(new LogLine(1, 0, 3, AT, LogLine.Stream.STDERR, "line 3"));
    assertThat(page.next().toString()).isEqualTo("1.0.5");
    assertThat(page.runFinal()).isFalse();
    assertThat(page.complete()).isFalse();
  }

  @Test
  @DisplayName("lines that are said again in other batches, to another server too, are stored once")
  void overlappingResends() {
    offer(first, run, 1, 10);
    first.runOnce();
    offer(first, run, 6, 10);
    offer(second, run, 1, 12);
    second.runOnce();
    first.runOnce();
    first.runOnce();
    offer(second, run, 9, 12);
    second.runOnce();
    second.runOnce();

    assertThat(seqs()).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    assertThat(read(LogPosition.START, 100).lines().get(19).text()).isEqualTo("line 20");
    assertThat(committed()).containsExactly(10L, 12L, 15L, 20L);
  }

  @Test
  @DisplayName("two servers that write the same lines at the same time store each line once")
  void race() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      long next = round * 10L + 1;
      offer(first, run, next, 10);
      offer(second, run, next, 7);
      Thread other = Thread.ofPlatform().start(second::runOnce);
      first.runOnce();
      other.join();
      first.runOnce();
      second.runOnce();
    }

    assertThat(seqs()).isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
  }

  @Test
  @DisplayName("a hole is not stored and not acknowledged until the lines before it come")
  void hole() {
    offer(first, run, 1, 2);
    offer(first, run, 5, 2);
    first.runOnce();
    assertThat(committed()).containsExactly(2L);

    offer(first, run, 3, 4);
    first.runOnce();

    assertThat(seqs()).isEqualTo(LongStream.rangeClosed(1, 6).boxed().toList());
    assertThat(committed()).containsExactly(2L, 6L);
  }

  @Test
  @DisplayName("many runs' lines are written by one turn")
  void manyRuns() {
    RunHandle other = insertRun();
    offer(first, run, 1, 2);
    offer(first, other, 1, 3);

    first.runOnce();

    assertThat(committed()).containsExactlyInAnyOrder(2L, 3L);
    assertThat(logs.read(other.runId(), LogPosition.START, Optional.empty(), 10))
        .hasValueSatisfying(page -> assertThat(page.lines()).hasSize(3));
    database.run(tx -> tx.update("DELETE FROM run WHERE id = ?", other.runId()));
  }

  @Test
  @DisplayName("FN4 lines of a hand-over that is nobody's, or not the newest, are fenced")
  void fenced() {
    offer(first, new RunHandle(run.runId(), run.nominalAt(), 1, 99, 0), 1, 1);
    offer(first, new RunHandle(run.runId(), run.nominalAt(), 2, 1, 0), 1, 1);
    offer(first, new RunHandle(987_654_321, run.nominalAt(), 1, 1, 0), 1, 1);

    first.runOnce();

    assertThat(answers).hasSize(3).containsOnly(new LogAnswer.Fenced());
    assertThat(seqs()).isEmpty();
  }

  @Test
  @DisplayName(
      "a run that is handed back logs behind its first lines; then its first node is fenced")
  void handedBack() {
    offer(first, run, 1, 3);
    first.runOnce();
    execute("UPDATE run SET epoch = 2 WHERE id = ?");
    RunHandle again = new RunHandle(run.runId(), run.nominalAt(), 1, 2, 0);
    offer(first, run, 4, 1);
    first.runOnce();
    assertThat(committed()).as("the last words of the first node").containsExactly(3L, 4L);

    offer(second, again, 1, 2);
    second.runOnce();

    assertThat(seqs()).isEqualTo(LongStream.rangeClosed(1, 6).boxed().toList());
    assertThat(committed()).as("as the second node counts").containsExactly(3L, 4L, 2L);
    answers.clear();
    offer(new LogCollector(database, store, config), run, 5, 1).runOnce();
    assertThat(answers).containsExactly(new LogAnswer.Fenced());
  }

  @Test
  @DisplayName("late lines of an earlier attempt are taken, and shown before those of the next one")
  void earlierAttempt() {
    attempt(1, 0, run.epoch(), 2);
    execute("UPDATE run SET attempt = 2, epoch = 2 WHERE id = ?");
    RunHandle retry = new RunHandle(run.runId(), run.nominalAt(), 2, 2, 0);
    offer(first, retry, 1, 1);
    offer(first, run, 1, 2);

    first.runOnce();

    assertThat(read(LogPosition.START, 10).lines())
        .extracting(line -> line.attempt() + "." + line.seq())
        .containsExactly("1.1", "1.2", "2.1");
    assertThat(logs.read(run.runId(), LogPosition.START, Optional.of(2), 10).orElseThrow().lines())
        .hasSize(1);
  }

  @Test
  @DisplayName("LG3 reading that is cut and resumed at any line shows none twice and none missing")
  void resume() {
    for (int i = 0; i < 5; i++) {
      offer(first, run, i * 7L + 1, 7);
      first.runOnce();
    }
    for (int pageSize : new int[] {1, 2, 5, 7, 8, 34, 35, 100}) {
      List<Long> seen = new ArrayList<>();
      LogPosition position = LogPosition.START;
      LogPage page;
      while (!(page = read(position, pageSize)).lines().isEmpty()) {
        assertThat(page.lines()).hasSizeLessThanOrEqualTo(pageSize);
        page.lines().forEach(line -> seen.add(line.seq()));
        position = LogPosition.parse(page.next().toString()).orElseThrow();
      }
      assertThat(seen)
          .as("pages of %d", pageSize)
          .isEqualTo(LongStream.rangeClosed(1, 35).boxed().toList());
    }
  }

  @Test
  @DisplayName("LG3 lines of one member that come late are not jumped over because of another's")
  void lateMember() {
    attempt(1, 1, 1, 0);
    attempt(1, 2, 1, 0);
    RunHandle one = new RunHandle(run.runId(), run.nominalAt(), 1, 1, 1);
    RunHandle two = new RunHandle(run.runId(), run.nominalAt(), 1, 1, 2);
    offer(first, two, 1, 2);
    first.runOnce();
    LogPage page = read(LogPosition.START, 10);
    assertThat(page.lines()).hasSize(2);

    offer(first, one, 1, 1);
    offer(first, two, 3, 1);
    first.runOnce();

    assertThat(read(page.next(), 10).lines())
        .extracting(line -> line.member() + "." + line.seq())
        .containsExactly("1.1", "2.3");
  }

  @Test
  @DisplayName("LG2 a final run's log is complete once its last line is there")
  void complete() {
    offer(first, run, 1, 2);
    first.runOnce();
    execute(
        "UPDATE run SET state = 'SUCCEEDED', finished_at = now(), last_log_seq = 3 WHERE id = ?");
    LogPage early = read(LogPosition.START, 10);
    assertThat(early.runFinal()).isTrue();
    assertThat(early.complete()).isFalse();
    assertThat(early.missing()).isZero();

    offer(first, run, 3, 1);
    first.runOnce();

    LogPage page = read(early.next(), 10);
    assertThat(page.lines()).extracting(LogLine::seq).containsExactly(3L);
    assertThat(page.complete()).isTrue();
    assertThat(page.missing()).isZero();
  }

  @Test
  @DisplayName("LG2 lines that do not come within the drain time are counted as missing")
  void incomplete() {
    attempt(1, 0, run.epoch(), 5);
    offer(first, run, 1, 2);
    first.runOnce();
    execute(
        "UPDATE run SET state = 'FAILED', attempt = 2, epoch = 2, last_log_seq = 4,"
            + " finished_at = now() - interval '1 minute' WHERE id = ?");

    LogPage page = read(LogPosition.START, 10);

    assertThat(page.complete()).isTrue();
    assertThat(page.missing()).as("3 of the first attempt, 4 of the second").isEqualTo(7);
  }

  @Test
  @DisplayName("a run that does not exist has no log")
  void noRun() {
    assertThat(logs.read(987_654_321, LogPosition.START, Optional.empty(), 10)).isEmpty();
  }

  private LogCollector offer(LogCollector server, RunHandle to, long firstSeq, int lines) {
    List<LogEntry> entries =
        IntStream.range(0, lines)
            .mapToObj(i -> new LogEntry(AT, LogLine.Stream.STDERR, "line " + (firstSeq + i)))
            .toList();
    assertThat(server.offer(new LogPiece(to, firstSeq, entries), answers::add)).isTrue();
    return server;
  }

  private List<Long> committed() {
    return answers.stream()
        .filter(LogAnswer.Committed.class::isInstance)
        .map(a -> ((LogAnswer.Committed) a).seq())
        .toList();
  }

  private LogPage read(LogPosition after, int limit) {
    return logs.read(run.runId(), after, Optional.empty(), limit).orElseThrow();
  }

  private List<Long> seqs() {
    return read(LogPosition.START, 5_000).lines().stream().map(LogLine::seq).toList();
  }

  private void execute(String sql) {
    database.run(tx -> tx.update(sql, run.runId()));
  }

  private void attempt(int attempt, int member, long epoch, long lastLogSeq) {
    database.run(
        tx ->
            tx.update(
                """
                INSERT INTO attempt (run_id, nominal_at, attempt, member, node_id, epoch, state, last_log_seq)
                VALUES (?, ?, ?, ?, 'n', ?, 'FAILED', ?)
                """,
                run.runId(),
                run.nominalAt(),
                attempt,
                member,
                epoch,
                lastLogSeq));
  }

  private RunHandle insertRun() {
    return database.call(RunLogsTest::insertRun);
  }

  private static RunHandle insertRun(Tx tx) {
    return tx.one(
        """
        INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state, node_id,
                         epoch, wake_at)
        SELECT nextval('run_id'), now(), 1, 1, 1, 'API', currval('run_id'), 'RUNNING', 'no-node', 1,
               now() + interval '1 day'
        RETURNING id, nominal_at
        """,
        row -> new RunHandle(row.longNumber("id"), row.instant("nominal_at"), 1, 1, 0));
  }
}
