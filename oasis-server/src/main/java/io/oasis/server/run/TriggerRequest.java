package io.oasis.server.run;

import io.oasis.manifest.JobKey;
import java.util.Map;
import java.util.Optional;

/**
 * Asks for a run outside of the schedule.
 *
 * @param job which job; a disabled one runs as well
 * @param overrides replace the job's params of the same name
 * @param trigger MANUAL or API
 * @param by the account or token
 * @param idempotencyKey two requests for one job with one key within 24 hours are one run
 * @param forced true when it is to run beside the others of the job, whatever its blocking says
 */
public record TriggerRequest(
    JobKey job,
    Map<String, String> overrides,
    Trigger trigger,
    String by,
    Optional<String> idempotencyKey,
    boolean forced) {

  /** One that obeys the job's blocking rule. */
  public TriggerRequest(
      JobKey job,
      Map<String, String> overrides,
      Trigger trigger,
      String by,
      Optional<String> idempotencyKey) {
    this(job, overrides, trigger, by, idempotencyKey, false);
  }
}
