package io.oasis.server.verify;

import io.oasis.schedule.Stretch;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the ledger that the schedule made.
 *
 * @param runId of the row
 * @param nominalAt its time; the first of a stretch
 * @param revision that it was made with
 * @param state now
 * @param reason why
 * @param stretch set for a row that stands for several times, or for times that are skipped
 * @param lateness from the nominal time to the hand-over of the first attempt, where that is known
 */
public record LedgerRow(
    long runId,
    Instant nominalAt,
    int revision,
    RunState state,
    Optional<ReasonCode> reason,
    Optional<Stretch> stretch,
    Optional<Duration> lateness) {

  boolean isJumpOfTheClock() {
    return reason.filter(ReasonCode.DST_GAP::equals).isPresent();
  }
}
