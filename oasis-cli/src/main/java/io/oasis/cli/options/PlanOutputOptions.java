package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.cli.output.OutputFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/**
 * How a plan is written, and whether it is saved. {@code -o} takes a format; anything with a dot or
 * a slash in it is a file to save the plan in, as {@code --out} says it plainly.
 */
public final class PlanOutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT|FILE",
      order = 80,
      defaultValue = "table",
      description = "One of: table, wide, json, yaml, name; or a file, as with --out.")
  String output = "table";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      order = 81,
      description = "Save the plan for 'oasis apply FILE'.")
  String out;

  /** The format asked for; a table when {@code -o} names a file. */
  public OutputFormat format() {
    return isFile() ? OutputFormat.TABLE : named();
  }

  /** Where to save the plan. */
  public Optional<String> file() {
    if (isFile() && out != null) {
      throw CliFailure.invalid("-o %s and --out %s both name a file".formatted(output, out));
    }
    return isFile() ? Optional.of(output) : Optional.ofNullable(out);
  }

  private boolean isFile() {
    return output.indexOf('.') >= 0 || output.indexOf('/') >= 0;
  }

  private OutputFormat named() {
    return Arrays.stream(OutputFormat.values())
        .filter(format -> format.toString().equals(output.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                CliFailure.invalid(
                    "-o %s is no format (%s); to save the plan in a file of that name, write --out %s"
                        .formatted(output, formats(), output)));
  }

  private static String formats() {
    return Arrays.stream(OutputFormat.values())
        .map(OutputFormat::toString)
        .collect(Collectors.joining(", "));
  }
}
