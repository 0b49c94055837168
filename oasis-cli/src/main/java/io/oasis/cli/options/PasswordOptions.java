package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.cli.Shell;
import io.oasis.cli.input.SecretInput;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a new password comes from: never from the command line, which others can read. */
public final class PasswordOptions {
  @Option(
      names = "--password-stdin",
      order = 40,
      description = "Read the password from standard input; else it is asked for.")
  boolean fromInput;

  /** The password; a person is asked for it twice. */
  public String read(Shell shell) {
    return fromInput ? orNone(Optional.of(SecretInput.line(shell.terminal().in()))) : ask(shell);
  }

  /** Asks a person twice for a new password. */
  public static String ask(Shell shell) {
    Optional<String> first = shell.terminal().askSecret("new password: ");
    if (first.isPresent() && !first.equals(shell.terminal().askSecret("the same again: "))) {
      throw CliFailure.invalid("the two passwords differ; nothing was changed");
    }
    return orNone(first);
  }

  private static String orNone(Optional<String> password) {
    return password
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> CliFailure.invalid("no password; use --password-stdin"));
  }
}
