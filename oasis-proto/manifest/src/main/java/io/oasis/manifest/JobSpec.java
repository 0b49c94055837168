package io.oasis.manifest;

import io.oasis.schedule.Misfire;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Window;
import java.time.Duration;
import java.util.Map;

/**
 * What a manifest says of a job, with every default filled in. Two specs are equal when they mean
 * the same, however they were written.
 *
 * @param title for people, any language; never null, the name when the manifest has none
 * @param schedule when it fires
 * @param window between which instants the schedule is alive
 * @param jitter every fire is moved by a fixed share of this that depends on the job's name; zero:
 *     none
 * @param misfire what becomes of times that could not be fired
 * @param handler name of the code to run
 * @param params given to the handler, sorted by key
 * @param routing which node
 * @param blocking what happens when it still runs
 * @param retry what happens when it fails
 * @param timeouts its limits
 * @param owner who answers for it; {@link Owner#NOBODY} means the app's owner
 * @param alarm who is told
 * @param enabled whether it fires by its schedule
 */
public record JobSpec(
    String title,
    Schedule schedule,
    Window window,
    Duration jitter,
    Misfire misfire,
    String handler,
    Map<String, String> params,
    Routing routing,
    Blocking blocking,
    Retry retry,
    Timeouts timeouts,
    Owner owner,
    Alarm alarm,
    boolean enabled) {

  /** The same with other params. */
  public JobSpec withParams(Map<String, String> other) {
    return new JobSpec(
        title, schedule, window, jitter, misfire, handler, other, routing, blocking, retry,
        timeouts, owner, alarm, enabled);
  }
}
