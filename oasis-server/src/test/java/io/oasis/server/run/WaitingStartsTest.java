package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.run.RunReports.Finish;
import io.oasis.server.run.RunReports.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WaitingStartsTest {
  private static final Instant NOW = Instant.parse("2026-03-29T01:00:00Z");
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final WaitingStarts starts = new WaitingStarts();

  @Test
  @DisplayName("a start waits for the end of its run, and goes before it")
  void waitsForTheEnd() {
    Report first = start(1, 0);
    Report second = start(2, 0);
    Report end = end(1);

    assertThat(starts.ripe(List.of(first, second), NOW)).isEmpty();
    assertThat(starts.ripe(List.of(end), NOW)).containsExactly(first, end);
    assertThat(starts.isEmpty()).isFalse();
    assertThat(starts.ripe(List.of(end(2), end(3)), NOW)).startsWith(second).hasSize(3);
    assertThat(starts.isEmpty()).isTrue();
  }

  @Test
  @DisplayName("what was heard together is written together, also a start that was said twice")
  void togetherAtOnce() {
    Report start = start(1, 0);
    Report again = start(1, 0);
    Report end = end(1);

    assertThat(starts.ripe(List.of(start, end, again), NOW)).containsExactly(start, again, end);
  }

  @Test
  @DisplayName("a start of which nothing more is heard is written after its patience")
  void writtenAfterItsPatience() {
    Report start = start(1, 0);
    starts.ripe(List.of(start), NOW);

    Instant almost = NOW.plus(WaitingStarts.PATIENCE).minusMillis(1);
    assertThat(starts.next(almost, IDLE)).isEqualTo(Duration.ofMillis(1));
    assertThat(starts.ripe(List.of(), almost)).isEmpty();
    assertThat(starts.next(NOW.plusSeconds(1), IDLE)).isZero();
    assertThat(starts.ripe(List.of(), NOW.plus(WaitingStarts.PATIENCE))).containsExactly(start);
    assertThat(starts.next(NOW, IDLE)).isEqualTo(IDLE);
  }

  @Test
  @DisplayName("the starts of a broadcast's members do not wait, nor does an older hand-over's")
  void membersDoNotWait() {
    Report member = start(1, 2);
    Report older = start(2, 0);

    assertThat(starts.ripe(List.of(member, older), NOW)).containsExactly(member);
    RunHandle later = new RunHandle(2, NOW, 1, 2, 0);
    Report end = new Report.Finished(later, finish(), answer -> {});
    assertThat(starts.ripe(List.of(end), NOW)).containsExactly(end);
    assertThat(starts.isEmpty()).isFalse();
  }

  @Test
  @DisplayName("when the server ends nothing waits")
  void nothingWaitsAtTheEnd() {
    Report first = start(1, 0);
    Report second = start(2, 0);
    starts.ripe(List.of(first), NOW);

    starts.waitNoMore();

    assertThat(starts.ripe(List.of(second), NOW)).containsExactly(first, second);
  }

  private static Report start(long run, int member) {
    return new Report.Accepted(new RunHandle(run, NOW, 1, 1, member), NOW, answer -> {});
  }

  private static Report end(long run) {
    return new Report.Finished(new RunHandle(run, NOW, 1, 1, 0), finish(), answer -> {});
  }

  private static Finish finish() {
    return new Finish(Outcome.SUCCEEDED, "", Optional.empty(), true, NOW, NOW.plusMillis(5), 0);
  }
}
