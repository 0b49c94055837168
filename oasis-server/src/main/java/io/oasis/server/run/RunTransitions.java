package io.oasis.server.run;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one table of the run state machine: in which state an event is allowed and where it leads.
 * Every write of a state takes its {@code WHERE state = ANY(allowed)} from here.
 */
public final class RunTransitions {
  private static final Map<RunEvent, Map<RunState, RunState>> TABLE = new EnumMap<>(RunEvent.class);

  static {
    rule(RunEvent.WAITING, RunState.QUEUED, RunState.QUEUED);
    rule(RunEvent.DISPATCHED, RunState.DISPATCHED, RunState.QUEUED);
    rule(RunEvent.STARTED, RunState.RUNNING, RunState.DISPATCHED);
    // A node that stays silent or says no: back to the queue, for another node.
    rule(RunEvent.REJECTED, RunState.QUEUED, RunState.DISPATCHED);
    rule(RunEvent.HANDED_BACK, RunState.QUEUED, RunState.DISPATCHED, RunState.RUNNING);
    rule(
        RunEvent.RETRY_PLANNED,
        RunState.QUEUED,
        RunState.DISPATCHED,
        RunState.RUNNING,
        RunState.KILLING);
    // Starts and results travel together: a short run may end before its start was written, and a
    // success that was said before the kill arrived is a success.
    rule(
        RunEvent.SUCCEEDED,
        RunState.SUCCEEDED,
        RunState.DISPATCHED,
        RunState.RUNNING,
        RunState.KILLING);
    rule(
        RunEvent.FAILED,
        RunState.FAILED,
        RunState.QUEUED,
        RunState.DISPATCHED,
        RunState.RUNNING,
        RunState.KILLING);
    rule(RunEvent.TIMED_OUT, RunState.TIMED_OUT, RunState.QUEUED, RunState.KILLING);
    rule(RunEvent.LOST, RunState.LOST, RunState.DISPATCHED, RunState.RUNNING, RunState.KILLING);
    rule(RunEvent.KILL_ASKED, RunState.KILLING, RunState.DISPATCHED, RunState.RUNNING);
    rule(RunEvent.UNCOOPERATIVE, RunState.KILLING, RunState.KILLING);
    rule(RunEvent.KILLED, RunState.KILLED, RunState.KILLING);
    rule(RunEvent.CANCELLED, RunState.CANCELLED, RunState.QUEUED);
    rule(RunEvent.SKIPPED, RunState.SKIPPED, RunState.QUEUED);
    rule(RunEvent.COALESCED, RunState.COALESCED, RunState.QUEUED);
  }

  private RunTransitions() {}

  private static void rule(RunEvent event, RunState to, RunState... from) {
    Map<RunState, RunState> byState =
        TABLE.computeIfAbsent(event, e -> new EnumMap<>(RunState.class));
    for (RunState state : from) {
      byState.put(state, to);
    }
  }

  /** Where the event leads from the state; empty when it is not allowed there. */
  public static Optional<RunState> next(RunState from, RunEvent event) {
    return Optional.ofNullable(TABLE.getOrDefault(event, Map.of()).get(from));
  }

  /** The states in which the event is allowed; empty for an event that only tells. */
  public static Set<RunState> allowed(RunEvent event) {
    Map<RunState, RunState> byState = TABLE.getOrDefault(event, Map.of());
    return byState.isEmpty() ? Set.of() : EnumSet.copyOf(byState.keySet());
  }

  /** Where the event leads, from whichever of its allowed states. */
  public static RunState target(RunEvent event) {
    return TABLE.get(event).values().iterator().next();
  }
}
