package io.oasis.server.job;

import io.oasis.server.identity.Reach;
import java.util.Optional;

/**
 * Which jobs a list shows; empty parts do not filter.
 *
 * @param apps whose jobs
 * @param text is part of the name, the title or the handler, in any case
 * @param enabled whether the job is switched on
 * @param handler exactly
 * @param owner is part of the owner's name or address, in any case
 * @param scheduleKind {@code cron}, {@code fixedRate}, {@code fixedDelay}, {@code at} or {@code
 *     none}
 * @param labels what the job's labels must be
 */
public record JobFilter(
    Reach apps,
    Optional<String> text,
    Optional<Boolean> enabled,
    Optional<String> handler,
    Optional<String> owner,
    Optional<String> scheduleKind,
    LabelSelector labels) {
  public static final JobFilter ALL =
      new JobFilter(
          new Reach.Everything(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          LabelSelector.ALL);

  /** The same for all apps. */
  public JobFilter withoutApp() {
    return new JobFilter(
        new Reach.Everything(), text, enabled, handler, owner, scheduleKind, labels);
  }
}
