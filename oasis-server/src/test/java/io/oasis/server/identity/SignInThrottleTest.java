package io.oasis.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
  private final SignInThrottle throttle = new SignInThrottle(now::get);

  @Test
  @DisplayName("five failures for a name at an address, then a wait until the minute is over")
  void fivePerNameAndAddress() {
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.attempt("li", "10.0.0.1")).isEmpty();
    }
    assertThat(throttle.attempt("li", "10.0.0.1")).contains(Duration.ofMinutes(1));
    assertThat(throttle.attempt("li", "10.0.0.2")).isEmpty();
    now.updateAndGet(t -> t.plusSeconds(60));
    assertThat(throttle.attempt("li", "10.0.0.1")).isEmpty();
  }

  @Test
  @DisplayName("thirty failures from one address close it for every name")
  void thirtyPerAddress() {
    for (int i = 0; i < 30; i++) {
      assertThat(throttle.attempt("name" + i, "10.0.0.1")).isEmpty();
    }
    assertThat(throttle.attempt("another", "10.0.0.1")).isPresent();
    assertThat(throttle.attempt("another", "10.0.0.2")).isEmpty();
  }

  @Test
  @DisplayName("signing in well any number of times is never slowed down")
  void successesDoNotCount() {
    for (int i = 0; i < 200; i++) {
      assertThat(throttle.attempt("li", "10.0.0.1")).isEmpty();
      throttle.succeeded("li", "10.0.0.1");
    }
  }
}
