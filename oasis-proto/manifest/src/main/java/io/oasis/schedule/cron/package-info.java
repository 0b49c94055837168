/**
 * Cron expressions on a local time line: which local dates and times an expression matches. Nothing
 * here knows a time zone; {@code io.oasis.schedule} maps local times to instants.
 *
 * <p>Parsing is done by cron-utils. Matching is ours: the parsed fields become bit sets, so that a
 * next time costs well under a microsecond and a count over years needs no walk over its times.
 */
package io.oasis.schedule.cron;
