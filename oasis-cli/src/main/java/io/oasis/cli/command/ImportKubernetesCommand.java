package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.importing.kubernetes.CronJobImporter;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ImportOptions;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Turns CronJobs of Kubernetes into manifests. */
@Command(
    name = "k8s",
    description = "Turn CronJobs of Kubernetes into manifests.",
    footer = {
      "",
      "The file is YAML or JSON with CronJobs, also in a List; other kinds are passed over. Each",
      "namespace becomes an app, unless --app names one. --zone is that of the controller, UTC.",
      "",
      "Example:",
      "  kubectl get cronjobs -A -o yaml | oasis import k8s - -o jobs/"
    })
public final class ImportKubernetesCommand implements Callable<Integer> {
  @Mixin ImportOptions options;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public ImportKubernetesCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ZoneId zone = options.zone(ZoneId.of("UTC"));
    var reading =
        new CronJobImporter.Options(options.name(), options.app(), zone, shell.clock().instant());
    options.run(shell, "Kubernetes", zone, text -> CronJobImporter.read(text, reading));
    return ExitCode.OK.number();
  }
}
