package io.oasis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JobBatchTest {
  private static final Instant FIRST = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  @DisplayName("a spread has as many jobs on each second, the first ones at its time")
  void sameOnEachSecond() {
    JobBatch batch = JobBatch.spread("b1", 2, 2, FIRST);

    assertThat(batch.due().values())
        .containsExactly(FIRST, FIRST, FIRST.plusSeconds(1), FIRST.plusSeconds(1));
    assertThat(batch.last()).isEqualTo(FIRST.plusSeconds(1));
  }

  @Test
  @DisplayName("a manifest holds a document for each job with its time")
  void manifest() {
    String yaml = JobBatch.atOnce("b1", 2, FIRST).manifest();

    assertThat(yaml)
        .contains("name: b1-000000}", "name: b1-000001}", "at: 2026-11-22T10:00:00Z")
        .containsPattern("(?s)---.*---");
  }
}
