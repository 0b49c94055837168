package io.oasis.ui.row;

/**
 * A run in a list.
 *
 * @param id as users see it
 * @param job key and title
 * @param state now
 * @param why one line; empty when there is nothing to say
 * @param trigger why it exists
 * @param nominal the time that it stands for
 * @param started when the current attempt began
 * @param duration of the last attempt, or so far; empty before it began
 * @param lateness from the nominal time to the hand-over; empty before that
 * @param attempt for example "2/4"; empty for a run that may have one attempt only
 * @param node current or last node; empty before there is one
 * @param handler that it calls
 */
public record RunRow(
    long id,
    JobLink job,
    RunBadge state,
    String why,
    TriggerWord trigger,
    Moment nominal,
    Moment started,
    String duration,
    String lateness,
    String attempt,
    String node,
    String handler) {

  /** True when a person should look at it. */
  public boolean bad() {
    return switch (state) {
      case FAILED, TIMED_OUT, LOST, MISSED -> true;
      case QUEUED, DISPATCHED, RUNNING, KILLING, SUCCEEDED, KILLED, CANCELLED, SKIPPED, COALESCED ->
          false;
    };
  }

  /** Changes when the row says something new. */
  public String version() {
    return state + attempt + why;
  }
}
