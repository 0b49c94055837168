package io.oasis.cli.harness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on only when somebody waits. */
public final class ManualClock implements InstantSource {
  /** When every test starts: Sunday 2026-11-22, 11:48 in Shanghai. */
  public static final Instant START = Instant.parse("2026-11-22T03:48:00Z");

  private Instant now = START;

  @Override
  public Instant instant() {
    return now;
  }

  /** Lets time pass. */
  public void pass(Duration duration) {
    now = now.plus(duration);
  }
}
