package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.run.RoutingSamples;
import io.oasis.server.run.RunRow;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NodeQueueTest {
  private final NodeQueue queue = new NodeQueue();
  private final long app = run(1).origin().appId();

  @Test
  @DisplayName("each free slot is offered once, to the run that has waited longest")
  void oncePerSlot() {
    for (long id = 1; id <= 5; id++) {
      queue.add(run(id));
    }

    assertThat(queue.offer(app, 1)).extracting(RunRow::id).containsExactly(1L);
    assertThat(queue.offer(app, 1)).as("the slot is promised").isEmpty();
    assertThat(queue.offer(app, 3)).extracting(RunRow::id).containsExactly(2L, 3L);
    assertThat(queue.size(app)).isEqualTo(2);
  }

  @Test
  @DisplayName("a run that was decided keeps no slot from others, whether it waits again or not")
  void decided() {
    for (long id = 1; id <= 4; id++) {
      queue.add(run(id));
    }
    List<RunRow> offered = queue.offer(app, 2);

    queue.remove(offered.get(0));
    queue.add(offered.get(1));

    assertThat(queue.offer(app, 2)).extracting(RunRow::id).containsExactly(3L, 4L);
    assertThat(queue.size(app)).isEqualTo(1);
  }

  @Test
  @DisplayName("without a free slot nobody is offered one, and nothing is forgotten")
  void noSlot() {
    queue.add(run(1));

    assertThat(queue.offer(app, 0)).isEmpty();
    assertThat(queue.drain()).extracting(RunRow::id).containsExactly(1L);
  }

  @Test
  @DisplayName("forty thousand runs that come due at once are all remembered")
  void many() {
    for (long id = 1; id <= 40_000; id++) {
      queue.add(run(id));
    }

    assertThat(queue.size(app)).isEqualTo(40_000);
  }

  private static RunRow run(long id) {
    RunRow sample = RoutingSamples.refusedBy(List.of());
    return new RunRow(id, sample.nominalAt(), sample.origin(), sample.standing());
  }
}
