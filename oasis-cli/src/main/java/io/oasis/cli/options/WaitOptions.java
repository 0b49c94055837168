package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.schedule.DurationText;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether to stay until a run has ended. */
public final class WaitOptions {
  @Option(names = "--wait", order = 20, description = "Wait until the run has ended.")
  boolean wait;

  @Option(names = "--logs", order = 21, description = "Wait, and show the log meanwhile.")
  boolean logs;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      order = 22,
      description = "Wait no longer than this, for example 10m; the run itself goes on.")
  String timeout;

  /** Whether to wait at all. */
  public boolean wanted() {
    return wait || logs || timeout != null;
  }

  /** Whether to show the log. */
  public boolean logs() {
    return logs;
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
