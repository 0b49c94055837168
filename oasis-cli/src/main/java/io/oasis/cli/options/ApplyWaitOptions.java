package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.schedule.DurationText;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether to stay until the runs that an apply begins or ends are over. */
public final class ApplyWaitOptions {
  @Option(
      names = "--wait",
      order = 30,
      description = "Wait for the runs that it sets off, and for those of pruned jobs.")
  boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      order = 31,
      description = "Wait no longer than this, for example 10m; the runs go on.")
  String timeout;

  /** Whether to wait at all. */
  public boolean wanted() {
    return wait || timeout != null;
  }

  /** Ends the command when the time cannot be read, before anything is done. */
  public void check() {
    timeout();
  }

  /** How long to wait at most. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout)
        .map(
            text ->
                DurationText.parse(text)
                    .orElseThrow(
                        () ->
                            CliFailure.invalid(
                                "--timeout: \"%s\" is not a duration; write it like 30s, 10m or 1h30m"
                                    .formatted(text))));
  }
}
