/**
 * The {@code oasis} command: its entry, what a process gives it ({@link io.oasis.cli.Shell}) and
 * how it ends ({@link io.oasis.cli.ExitCode}). Every expected mistake travels as a {@link
 * io.oasis.cli.CliFailure} and is printed in one place; a stack trace is shown only with {@code
 * --verbose}.
 */
package io.oasis.cli;
