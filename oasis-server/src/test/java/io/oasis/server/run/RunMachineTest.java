package io.oasis.server.run;

import static io.oasis.server.run.Samples.NOW;
import static io.oasis.server.run.Samples.retries;
import static io.oasis.server.run.Samples.run;
import static io.oasis.server.run.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunMachineTest {
  private static final Instant SOON = NOW.plusSeconds(5);
  private static final Instant LATE = NOW.plusSeconds(3_600);

  private final RunMachine machine = new RunMachine(new Random(1));

  @Test
  @DisplayName("the trace says once what a run waits for, however often somebody looks")
  void waitsIsSaidOnce() {
    RunRow run = run(RunState.QUEUED, 1, 0);

    Step first = machine.waits(run, ReasonCode.NO_EXECUTOR, "nobody", SOON, SOON);
    Step again = machine.waits(first.after(), ReasonCode.NO_EXECUTOR, "nobody", SOON, SOON);
    Step other = machine.waits(again.after(), ReasonCode.NO_HANDLER, "not here", SOON, SOON);

    assertThat(first.notes()).hasSize(1);
    assertThat(again.notes()).isEmpty();
    assertThat(other.notes()).hasSize(1);
  }

  @Test
  @DisplayName("RT4: a broadcast that has begun is looked at again for members that never answer")
  void broadcastIsLookedAtAgain() {
    RunRow run = run(RunState.QUEUED, 1, 0);
    RunRow handedOver =
        machine.broadcast(run, NOW, 2, "s-1", new RunMachine.Limits(SOON, LATE)).after();

    Step begun = machine.started(handedOver, NOW, spec(retries(0)).timeouts());

    assertThat(begun.after().standing().wakeAt()).contains(SOON);
    assertThat(begun.after().standing().deadlineAt()).isPresent();
  }
}
