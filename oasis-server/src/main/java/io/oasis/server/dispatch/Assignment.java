package io.oasis.server.dispatch;

import io.oasis.manifest.JobKey;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.Trigger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a node needs to run a run.
 *
 * @param run which hand-over of which run
 * @param job for people
 * @param handler name of the code
 * @param params of the run
 * @param timeout of the attempt; empty: none
 * @param memberCount members of the broadcast; 0 for every other run
 * @param trigger why the run exists
 * @param stopWhenPartitioned true when the job retries lost runs, so that two copies could overlap
 * @param revision of the job
 */
public record Assignment(
    RunHandle run,
    JobKey job,
    String handler,
    Map<String, String> params,
    Optional<Duration> timeout,
    int memberCount,
    Trigger trigger,
    boolean stopWhenPartitioned,
    int revision) {}
