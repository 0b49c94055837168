package io.oasis.cli.options;

import io.oasis.cli.output.OutputFormat;
import picocli.CommandLine.Option;

/** How the answer is written. */
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      order = 80,
      defaultValue = "table",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  OutputFormat format = OutputFormat.TABLE;

  /** The format asked for. */
  public OutputFormat format() {
    return format;
  }
}
