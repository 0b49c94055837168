package io.oasis.cli.options;

import picocli.CommandLine.Option;

/** What every command understands. */
public final class CommonOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 100,
      description = "Show this help.")
  boolean help;

  @Option(
      names = "--verbose",
      order = 99,
      description = "Show the stack trace when something goes wrong.")
  boolean verbose;

  /** Whether a stack trace is wanted. */
  public boolean verbose() {
    return verbose;
  }
}
