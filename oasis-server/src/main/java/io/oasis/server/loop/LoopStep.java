package io.oasis.server.loop;

import java.time.Duration;

/** One turn of a background duty: does what there is to do now, without waiting for more. */
@FunctionalInterface
public interface LoopStep {

  /**
   * Does one turn. May throw: the loop counts it and tries again after a second.
   *
   * @return how long to wait at most before the next turn; {@link Duration#ZERO} when there is more
   *     to do at once
   */
  Duration runOnce();
}
