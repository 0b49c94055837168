package io.oasis.worker;

import io.oasis.executor.Executor;
import io.oasis.executor.ExecutorBuilder;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code oasis-worker}: connects and works until it is asked to end. */
@TopCommand
@Command(
    name = "oasis-worker",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    description = "Runs scripts and HTTP calls for the jobs of one app. Opens no port.",
    footer = {
      "",
      "Example:",
      "  OASIS_TOKEN=oet_... oasis-worker --app ops --allow-script /opt/ops --allow-http api.example.com"
    })
final class OasisWorker implements Callable<Integer> {
  private static final int WRONG_USAGE = 2;

  @Mixin ConnectionOptions connection;
  @Mixin AllowOptions allow;
  @Spec CommandSpec spec;
  private final Shutdown shutdown;

  OasisWorker(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    try {
      // Its own shutdown hook keeps the process alive until the drain is over.
      ExecutorBuilder builder = Executor.builder().appVersion(spec.version()[0]);
      connection.applyTo(builder, System.getenv());
      allow.applyTo(builder, connection.firstServer());
      shutdown.drainAtTheEnd(builder.start());
    } catch (IllegalArgumentException | IllegalStateException e) {
      spec.commandLine().getErr().println("oasis-worker: " + e.getMessage());
      return WRONG_USAGE;
    }
    Quarkus.waitForExit();
    return 0;
  }
}
