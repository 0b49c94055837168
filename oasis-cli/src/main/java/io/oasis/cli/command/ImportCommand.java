package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.options.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything that brings jobs over from elsewhere. */
@Command(
    name = "import",
    description = "Turn jobs of cron, Kubernetes or XXL-JOB into manifests.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  crontab -l | oasis import crontab - -o jobs/",
      "  kubectl get cronjobs -A -o yaml | oasis import k8s - > jobs.yaml",
      "  oasis import xxl-job dump.sql --zone Asia/Shanghai -o jobs/"
    })
public final class ImportCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Spec CommandSpec spec;

  private final Shell shell;

  private ImportCommand(Shell shell) {
    this.shell = shell;
  }

  /** The verb with its own verbs. */
  public static CommandLine withSubcommands(Shell shell) {
    CommandLine line = new CommandLine(new ImportCommand(shell));
    line.addSubcommand(new ImportCrontabCommand(shell));
    line.addSubcommand(new ImportKubernetesCommand(shell));
    line.addSubcommand(new ImportXxlCommand(shell));
    return line;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(shell.terminal().err());
    return ExitCode.INVALID.number();
  }
}
