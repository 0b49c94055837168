package io.oasis.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(new SplittableRandom(1));

  @Test
  @DisplayName("FN8: five dials in vain take less than 10 seconds")
  void fiveDialsTakeLessThanTenSeconds() {
    Duration sum = Stream.generate(backoff::next).limit(5).reduce(Duration.ZERO, Duration::plus);

    assertThat(sum).isBetween(Duration.ofMillis(1_550), Duration.ofMillis(3_100));
  }

  @Test
  @DisplayName("The wait grows to 5 s and no further, and starts anew after a good stream")
  void waitGrowsAndStartsAnew() {
    Duration late = Stream.generate(backoff::next).limit(20).reduce((a, b) -> b).orElseThrow();

    backoff.reset();

    assertThat(late).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(5));
    assertThat(backoff.next()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
  }
}
