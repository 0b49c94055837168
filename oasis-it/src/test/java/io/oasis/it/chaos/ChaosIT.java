package io.oasis.it.chaos;

import io.oasis.it.harness.Platform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The long chaos run: {@code make chaos}. Too long for {@code make check}. */
// What it asserts stands in ChaosPromises, the same for both sizes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosIT implements ChaosPromises {
  private Outcome outcome;

  @BeforeAll
  void run() {
    long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
    int minutes = Integer.getInteger("chaos.minutes", 4);
    outcome =
        new Chaos(seed, ChaosSize.longForm(minutes), System.out)
            .run(Platform.newFolder(ChaosIT.class));
  }

  @Override
  public Outcome outcome() {
    return outcome;
  }
}
