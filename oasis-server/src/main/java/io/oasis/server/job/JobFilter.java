package io.oasis.server.job;

import java.util.Map;
import java.util.Optional;

/**
 * Which jobs a list shows; empty parts do not filter.
 *
 * @param app slug of an app
 * @param text is part of the name, the title or the handler, in any case
 * @param enabled whether the job is switched on
 * @param handler exactly
 * @param owner is part of the owner's name or address, in any case
 * @param scheduleKind {@code cron}, {@code fixedRate}, {@code fixedDelay}, {@code at} or {@code
 *     none}
 * @param labels that the job must have, all of them
 */
public record JobFilter(
    Optional<String> app,
    Optional<String> text,
    Optional<Boolean> enabled,
    Optional<String> handler,
    Optional<String> owner,
    Optional<String> scheduleKind,
    Map<String, String> labels) {
  public static final JobFilter ALL =
      new JobFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of());
}
