package io.oasis.it.chaos;

import io.oasis.it.harness.Platform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * The short chaos run, part of {@code make check}. Its plan is the same each time, so that a check
 * is about the change that is checked; {@code make chaos} draws other plans.
 */
// What it asserts stands in ChaosPromises, the same for both sizes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosShortIT implements ChaosPromises {
  private static final long SEED = 1;

  private Outcome outcome;

  @BeforeAll
  void run() {
    long seed = Long.getLong("chaos.seed", SEED);
    outcome =
        new Chaos(seed, ChaosSize.shortForm(), System.out)
            .run(Platform.newFolder(ChaosShortIT.class));
  }

  @Override
  public Outcome outcome() {
    return outcome;
  }
}
