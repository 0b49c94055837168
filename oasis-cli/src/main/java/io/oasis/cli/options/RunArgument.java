package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import picocli.CommandLine.Parameters;

/** Names one run on the command line. */
public final class RunArgument {
  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run;

  /** The run's id. */
  public String id() {
    return parse(run);
  }

  /** Reads a run's number. */
  public static String parse(String text) {
    if (text.isEmpty() || text.length() > 19 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw CliFailure.invalid(
          "\"%s\" is not a run's number; see them with: oasis runs".formatted(text));
    }
    return text;
  }
}
