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
 */
public record TriggerRequest(
    JobKey job,
    Map<String, String> overrides,
    Trigger trigger,
    String by,
    Optional<String> idempotencyKey) {}
