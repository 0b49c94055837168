package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.importing.crontab.CrontabImporter;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ImportOptions;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Turns a crontab into manifests. */
@Command(
    name = "crontab",
    description = "Turn a crontab into manifests of scripts for the worker.",
    footer = {
      "",
      "Nothing is run and no server is asked. The report on standard error says what is kept,",
      "what is not and what to do about it, and compares the next 100 fires of both sides.",
      "",
      "Examples:",
      "  crontab -l | oasis import crontab - --app backups -o jobs/",
      "  oasis import crontab /etc/crontab --system --zone Europe/Berlin -o jobs/"
    })
public final class ImportCrontabCommand implements Callable<Integer> {
  @Mixin ImportOptions options;

  @Option(
      names = "--system",
      order = 4,
      description = "Each line names a user before its command, as in /etc/crontab.")
  boolean system;

  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public ImportCrontabCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ZoneId zone = options.zone(shell.zone());
    String app = options.app().orElse("crontab");
    options.run(
        shell,
        "cron",
        zone,
        text ->
            CrontabImporter.read(
                text,
                new CrontabImporter.Options(options.name(), app, system, zone, options.inline())));
    return ExitCode.OK.number();
  }
}
