package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunTransitionsTest {
  /** Events that tell something of a run without moving it, or that make it. */
  private static final Set<RunEvent> TELL_ONLY = EnumSet.of(RunEvent.CREATED, RunEvent.LATE_RESULT);

  @Test
  @DisplayName("FN5: no event leads out of a final state")
  void finalMeansFinal() {
    for (RunState state : RunState.values()) {
      for (RunEvent event : RunEvent.values()) {
        if (state.isFinal()) {
          assertThat(RunTransitions.next(state, event)).as("%s in %s", event, state).isEmpty();
        }
      }
    }
  }

  @Test
  void everyEventThatMovesARunLeadsToOneState() {
    for (RunEvent event : RunEvent.values()) {
      Set<RunState> allowed = RunTransitions.allowed(event);
      assertThat(allowed.isEmpty()).as("%s", event).isEqualTo(TELL_ONLY.contains(event));
      for (RunState from : allowed) {
        assertThat(RunTransitions.next(from, event)).contains(RunTransitions.target(event));
      }
    }
  }

  @Test
  void everyStateButTheLedgersOwnIsReached() {
    Set<RunState> reached = EnumSet.of(RunState.QUEUED);
    Arrays.stream(RunEvent.values())
        .filter(event -> !TELL_ONLY.contains(event))
        .forEach(event -> reached.add(RunTransitions.target(event)));

    // MISSED rows are written final and never move.
    assertThat(EnumSet.complementOf(EnumSet.copyOf(reached))).containsExactly(RunState.MISSED);
  }

  @Test
  @DisplayName("KL8: a kill of a queued run cancels it without a node")
  void cancelOnlyWhileQueued() {
    assertThat(RunTransitions.allowed(RunEvent.CANCELLED)).containsExactly(RunState.QUEUED);
    assertThat(RunTransitions.allowed(RunEvent.KILL_ASKED))
        .containsExactlyInAnyOrder(RunState.DISPATCHED, RunState.RUNNING);
  }
}
