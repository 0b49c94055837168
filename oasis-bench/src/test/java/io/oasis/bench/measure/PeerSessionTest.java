package io.oasis.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.bench.oasis.Call;
import io.oasis.bench.peer.DueTimes;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PeerSessionTest {

  @Test
  @DisplayName("a job that was never called is as late as the end of the measurement")
  void neverCalled() {
    DueTimes due = new DueTimes(1_000_000, 500, 3);
    List<Call> calls =
        List.of(new Call(0, 1_000_000, 1_000_900), new Call(0, 1_001_000, 1_001_100));

    assertThat(PeerSession.late(due, calls, 2_000_500)).containsExactly(900, 100, 1_000_000);
  }

  @Test
  @DisplayName("jobs are evenly spread within the second, from a whole second on")
  void spread() {
    DueTimes due = Session.soon(7_300_000, 4, 1_000, 2);

    assertThat(due.firstMicros()).isEqualTo(12_000_000);
    assertThat(due.micros(1)).isEqualTo(12_001_000);
    assertThat(due.count()).isEqualTo(2_000);
    assertThat(DueTimes.parse(due.line())).isEqualTo(due);
  }

  @Test
  @DisplayName("contenders and measures are named by words, and a wrong word names the right ones")
  void words() {
    assertThat(Contender.parse("raw,oasis")).containsExactly(Contender.RAW, Contender.OASIS);
    assertThat(Contender.parse("all")).containsExactly(Contender.values());
    assertThat(Measure.parse("logs,kill")).containsExactly(Measure.LOGS, Measure.KILL);
    assertThatThrownBy(() -> Measure.parse("speed")).hasMessageContaining("throughput");
  }
}
