package io.oasis.worker;

import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import picocli.CommandLine;

/** Makes a wrong flag one line, not a page of usage. */
@ApplicationScoped
class CommandLineSetup {
  private static final int HELP_COLUMNS = 100;

  @Produces
  CommandLine commandLine(PicocliCommandLineFactory factory) {
    return factory
        .create()
        .setUsageHelpWidth(HELP_COLUMNS)
        .setParameterExceptionHandler(
            (wrong, arguments) -> {
              wrong
                  .getCommandLine()
                  .getErr()
                  .println("oasis-worker: " + wrong.getMessage() + " (see oasis-worker --help)");
              return CommandLine.ExitCode.USAGE;
            });
  }
}
