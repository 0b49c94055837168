package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.manifest.JobKey;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job as it was or is.
 *
 * @param key of the job
 * @param revision empty: as it is now
 */
public record RevisionReference(JobKey key, OptionalInt revision) {

  /** Reads {@code billing/nightly@3} or {@code billing/nightly}. */
  public static RevisionReference parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return new RevisionReference(JobArgument.parse(text), OptionalInt.empty());
    }
    return new RevisionReference(
        JobArgument.parse(text.substring(0, at)), OptionalInt.of(number(text.substring(at + 1))));
  }

  private static int number(String text) {
    return Optional.of(text)
        .filter(t -> t.matches("[1-9]\\d{0,8}"))
        .map(Integer::parseInt)
        .orElseThrow(
            () ->
                CliFailure.invalid(
                    "\"%s\" is not a revision; write a number from 1, as 'oasis history' shows it"
                        .formatted(text)));
  }
}
