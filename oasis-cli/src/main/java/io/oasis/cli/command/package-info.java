/**
 * One final class for each verb. A command reads and validates its input, asks the server, prints;
 * it returns its exit code or throws a {@link io.oasis.cli.CliFailure}. {@link
 * io.oasis.cli.command.Verbs} knows them all and makes only the one that was called.
 */
package io.oasis.cli.command;
