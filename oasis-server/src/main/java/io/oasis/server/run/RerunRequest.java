package io.oasis.server.run;

import java.util.Optional;

/**
 * Asks for a run to be repeated with its params.
 *
 * @param run the run to repeat
 * @param by who asks
 * @param sameRevision with the run's own revision of the job, else with the current one
 * @param idempotencyKey two requests for one job with one key within 24 hours are one run
 */
public record RerunRequest(
    long run, String by, boolean sameRevision, Optional<String> idempotencyKey) {}
