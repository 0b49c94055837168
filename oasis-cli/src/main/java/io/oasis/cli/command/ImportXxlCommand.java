package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.importing.xxl.XxlImporter;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ImportOptions;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Turns the jobs of XXL-JOB into manifests. */
@Command(
    name = "xxl-job",
    description = "Turn the jobs of XXL-JOB into manifests.",
    footer = {
      "",
      "The file is a dump of its tables xxl_job_info and xxl_job_group, or both as JSON. Each",
      "executor becomes an app, unless --app names one. --zone is that of the admin's JVM.",
      "",
      "Examples:",
      "  oasis import xxl-job dump.sql --zone Asia/Shanghai -o jobs/",
      "  mysqldump --complete-insert xxl_job xxl_job_info xxl_job_group | oasis import xxl-job -"
    })
public final class ImportXxlCommand implements Callable<Integer> {
  @Mixin ImportOptions options;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public ImportXxlCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ZoneId zone = options.zone(shell.zone());
    var reading =
        new XxlImporter.Options(
            options.name(), options.app(), zone, shell.clock().instant(), options.inline());
    options.run(shell, "XXL-JOB", zone, text -> XxlImporter.read(text, reading));
    return ExitCode.OK.number();
  }
}
