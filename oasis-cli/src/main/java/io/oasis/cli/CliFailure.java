package io.oasis.cli;

import java.util.List;

/**
 * An expected end that is not success: what to tell the user and how to exit. It is thrown from any
 * depth and printed once, by {@link OasisCli}.
 */
public class CliFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final transient List<String> details;

  /** A failure that one line explains. */
  public CliFailure(ExitCode exit, String line) {
    this(exit, line, List.of(), null);
  }

  /**
   * A failure with everything.
   *
   * @param exit how the process ends
   * @param line what is wrong and what to do about it, without the leading {@code oasis:}; empty
   *     when the details say it all
   * @param details lines printed before it as they are, one finding each
   * @param cause shown only with {@code --verbose}; may be null
   */
  public CliFailure(ExitCode exit, String line, List<String> details, Throwable cause) {
    super(line, cause);
    this.exit = exit;
    this.details = List.copyOf(details);
  }

  /** How the process ends. */
  public final ExitCode exit() {
    return exit;
  }

  /** Lines to print before the message, one finding each. */
  public final List<String> details() {
    return details;
  }

  /** A mistake in how the command was called or in what it was given. */
  public static CliFailure invalid(String line) {
    return new CliFailure(ExitCode.INVALID, line);
  }
}
