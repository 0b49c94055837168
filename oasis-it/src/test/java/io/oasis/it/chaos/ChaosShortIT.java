package io.oasis.it.chaos;

import io.oasis.it.harness.Platform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The short chaos run, part of {@code make check}: another seed each time, printed first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosShortIT implements ChaosPromises {
  private Outcome outcome;

  @BeforeAll
  void run() {
    long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
    outcome =
        new Chaos(seed, ChaosSize.shortForm(), System.out)
            .run(Platform.newFolder(ChaosShortIT.class));
  }

  @Override
  public Outcome outcome() {
    return outcome;
  }
}
