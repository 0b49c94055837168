package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Names incidents on the command line. */
public final class IncidentArgument {
  @Parameters(
      index = "0..*",
      arity = "1..*",
      paramLabel = "INCIDENT",
      description = "The incident's number; repeatable.")
  List<String> incidents;

  /** The ids of the incidents. */
  public List<String> ids() {
    return incidents.stream().map(IncidentArgument::parse).toList();
  }

  /** Reads an incident's number. */
  public static String parse(String text) {
    if (text.isEmpty() || text.length() > 19 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw CliFailure.invalid(
          "\"%s\" is not an incident's number; see them with: oasis get incidents".formatted(text));
    }
    return text;
  }
}
