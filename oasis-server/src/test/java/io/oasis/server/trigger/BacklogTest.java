package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.run.OverdueRuns.Room;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");
  private static final Supplier<Room> NONE = () -> new Room(3, false);

  private final Backlog backlog = new Backlog();

  @Test
  @DisplayName("without a backlog nobody asks for room, and claims are whole")
  void none() {
    Supplier<Room> never =
        () -> {
          throw new AssertionError("asked");
        };
    assertThat(backlog.limit(NOW, never)).isEqualTo(500);

    backlog.claimed(NOW, 500, 499, 0, true);
    assertThat(backlog.limit(NOW, never)).isEqualTo(500);
    // A full claim of jobs whose time is still to come is no backlog either.
    backlog.claimed(NOW, 500, 500, 0, false);
    assertThat(backlog.limit(NOW, never)).isEqualTo(500);
  }

  @Test
  @DisplayName("of a backlog as many are claimed as there is ample room for")
  void room() {
    backlog.claimed(NOW, 500, 500, 256, true);

    assertThat(backlog.limit(NOW, () -> new Room(200, true))).isEqualTo(200);
    assertThat(backlog.limit(NOW, () -> new Room(2_000, true))).isEqualTo(500);
  }

  @Test
  @DisplayName("a claim waits for room for a while, and then nothing waits for a second")
  void patience() {
    backlog.claimed(NOW, 500, 500, 256, true);

    assertThat(backlog.limit(NOW.plusMillis(124), NONE)).isZero();
    assertThat(backlog.limit(NOW.plusMillis(125), NONE)).isEqualTo(500);
    backlog.claimed(NOW.plusMillis(130), 500, 500, 0, true);
    assertThat(backlog.limit(NOW.plusMillis(130), NONE)).isEqualTo(500);
    assertThat(backlog.limit(NOW.plusMillis(1_124), NONE)).isEqualTo(500);
    backlog.claimed(NOW.plusMillis(1_124), 500, 500, 0, true);
    assertThat(backlog.limit(NOW.plusMillis(1_126), NONE)).isZero();
  }

  @Test
  @DisplayName(
      "after a small claim the wait is short: no slow node holds up the jobs behind its own")
  void pace() {
    backlog.claimed(NOW, 500, 500, 256, true);
    assertThat(backlog.limit(NOW, () -> new Room(1, true))).isEqualTo(1);

    backlog.claimed(NOW, 1, 1, 1, true);

    assertThat(backlog.limit(NOW.plusMillis(1), NONE)).isEqualTo(500);
  }

  @Test
  @DisplayName("room that is not for the jobs that are next holds nobody up")
  void ofOthers() {
    backlog.claimed(NOW, 500, 500, 0, true);
    Supplier<Room> ofAnother = () -> new Room(10, true);
    assertThat(backlog.limit(NOW, ofAnother)).isEqualTo(10);

    backlog.claimed(NOW, 10, 10, 4, true);

    assertThat(backlog.limit(NOW, ofAnother)).isEqualTo(500);
  }
}
