package io.oasis.server.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RenewalsTest {
  private final AtomicLong now = new AtomicLong(1_000);
  private final Renewals renewals =
      new Renewals(Duration.ofSeconds(10), Duration.ofSeconds(2), now::get);

  @Test
  @DisplayName("before the first renewal nothing is trusted")
  void nothingAtFirst() {
    assertThat(renewals.trusted()).isFalse();
    assertThat(renewals.unbrokenFor()).isZero();
  }

  @Test
  @DisplayName("a lease is trusted for its length less the margin, counted from before the asking")
  void slowRenewalDoesNotExtendTrust() {
    long asked = renewals.asking();
    pass(7);
    renewals.renewed(asked);

    assertThat(renewals.trusted()).isTrue();
    pass(1);
    assertThat(renewals.trusted()).isFalse();
  }

  @Test
  @DisplayName("renewals without a failure add up")
  void addUp() {
    for (int i = 0; i < 10; i++) {
      renewals.renewed(renewals.asking());
      pass(2);
    }

    assertThat(renewals.unbrokenFor()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  @DisplayName("FN9 a failure of the database sets the unbroken time to zero, and it starts anew")
  void failureStartsAnew() {
    renewals.renewed(renewals.asking());
    pass(2);

    renewals.failed();

    assertThat(renewals.unbrokenFor()).isZero();
    assertThat(renewals.trusted()).as("the lease itself still lasts").isTrue();
    pass(2);
    renewals.renewed(renewals.asking());
    pass(3);
    assertThat(renewals.unbrokenFor()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  @DisplayName("a process that was suspended for longer than its lease starts anew")
  void suspensionStartsAnew() {
    renewals.renewed(renewals.asking());
    pass(60);
    assertThat(renewals.unbrokenFor()).isZero();

    renewals.renewed(renewals.asking());
    pass(1);

    assertThat(renewals.unbrokenFor()).isEqualTo(Duration.ofSeconds(1));
  }

  private void pass(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}
