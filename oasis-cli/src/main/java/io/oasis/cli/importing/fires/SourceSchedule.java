package io.oasis.cli.importing.fires;

import java.time.Instant;
import java.util.List;

/** When a job of another scheduler fires, by that scheduler's own rules. */
@FunctionalInterface
public interface SourceSchedule {

  /**
   * Up to {@code count} times strictly after an instant, in order; fewer when there are no more.
   */
  List<Instant> next(Instant after, int count);
}
