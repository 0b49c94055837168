package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.schedule.DurationText;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether to go on looking. */
public final class WatchOptions {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  @Option(
      names = {"-w", "--watch"},
      order = 70,
      description = "Look again and again; when piped, print only what changed. Ctrl-C ends it.")
  boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      order = 71,
      defaultValue = "2s",
      description = "How often to look, at least 1s; default 2s.")
  String interval = "2s";

  /** Whether it is wanted. */
  public boolean wanted() {
    return watch;
  }

  /** How long to rest between two looks. */
  public Duration interval() {
    return DurationText.parse(interval)
        .filter(d -> d.compareTo(SHORTEST) >= 0)
        .orElseThrow(
            () ->
                CliFailure.invalid(
                    "--interval: \"%s\" is not a duration of at least 1s; write it like 5s"
                        .formatted(interval)));
  }
}
