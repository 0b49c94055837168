package io.oasis.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.app.JobTally.OfApp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JobTallyTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T08:00:00Z"));
  private final AtomicLong jobs = new AtomicLong();
  private final JobTally tally =
      new JobTally(() -> Map.of("vast", new OfApp(jobs.get(), 0, 0)), now::get);

  @Test
  @DisplayName("LG7: few jobs are counted for each answer")
  void few() {
    jobs.set(JobTally.FEW);
    assertThat(counted()).isEqualTo(JobTally.FEW);

    jobs.set(7);

    assertThat(counted()).isEqualTo(7);
  }

  @Test
  @DisplayName("of many jobs an answer is given again for 15 s, and then counted behind the back")
  void many() {
    jobs.set(JobTally.FEW + 1);
    long first = counted();
    jobs.set(JobTally.FEW + 2);

    later(Duration.ofSeconds(15));
    assertThat(counted()).isEqualTo(first);
    later(Duration.ofSeconds(1));
    assertThat(counted()).isEqualTo(first);

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(counted()).isEqualTo(JobTally.FEW + 2));
  }

  @Test
  @DisplayName("LG7: who asks after a quiet minute waits for the count and hears the truth")
  void afterAQuietMinute() {
    jobs.set(JobTally.FEW + 1);
    counted();
    jobs.set(JobTally.FEW + 2);

    later(Duration.ofSeconds(61));

    assertThat(counted()).isEqualTo(JobTally.FEW + 2);
  }

  private long counted() {
    return tally.byApp().get("vast").all();
  }

  private void later(Duration by) {
    now.updateAndGet(then -> then.plus(by));
  }
}
