package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.cli.Shell;
import io.oasis.cli.importing.ImportReport;
import io.oasis.cli.importing.JobConversion;
import io.oasis.cli.importing.JobConversion.Outcome;
import io.oasis.cli.importing.JobNames;
import io.oasis.cli.importing.ManifestFolder;
import io.oasis.cli.importing.SourceJobs;
import io.oasis.cli.importing.UnreadableSource;
import io.oasis.cli.input.SourceText;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every import takes, and its stages: read, convert, write, report. */
public final class ImportOptions {
  @Parameters(index = "0", paramLabel = "FILE", description = "A file, or - for standard input.")
  String file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      order = 1,
      description = "Write a file for each document into this folder; else all to standard output.")
  Path folder;

  @Option(
      names = "--app",
      paramLabel = "APP",
      order = 2,
      description = "The app that the jobs go to.")
  String app;

  @Option(
      names = {"-z", "--zone"},
      paramLabel = "ZONE",
      order = 3,
      description = "The zone of the clock that the source fires by, where it does not say.")
  String zone;

  /** Whether scripts cannot be written beside the manifests. */
  public boolean inline() {
    return folder == null;
  }

  /** How the input is called in messages. */
  public String name() {
    return file.equals("-") ? "stdin" : JobNames.line(file);
  }

  /** The app that was asked for, in a form that a manifest takes. */
  public Optional<String> app() {
    if (app != null && !JobNames.slug(app, "").equals(app)) {
      throw CliFailure.invalid(
          "--app: \"%s\" is not a name; use a-z, 0-9 and inner hyphens".formatted(app));
    }
    return Optional.ofNullable(app);
  }

  /** The zone that was asked for, or the given one. */
  public ZoneId zone(ZoneId otherwise) {
    try {
      return zone == null ? otherwise : ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw CliFailure.invalid(
          "\"%s\" is not a time zone; write it like Asia/Shanghai or UTC".formatted(zone));
    }
  }

  /**
   * Runs an import.
   *
   * @param source what the other side is called in the report
   * @param reportZone in which the report shows times
   * @param importer reads the text; nothing of it is ever run
   */
  public void run(
      Shell shell, String source, ZoneId reportZone, Function<String, SourceJobs> importer) {
    SourceJobs found;
    try {
      found = importer.apply(SourceText.read(file, shell.terminal().in()));
    } catch (UnreadableSource wrong) {
      throw CliFailure.invalid(wrong.getMessage());
    }
    List<JobConversion> jobs = new ArrayList<>();
    List<SourceJobs.Refused> refused = new ArrayList<>(found.refused());
    found
        .jobs()
        .forEach(
            job -> {
              switch (JobConversion.of(job, shell.clock().instant())) {
                case Outcome.Converted(var conversion) -> jobs.add(conversion);
                case Outcome.Impossible(var why) -> refused.add(why);
              }
            });
    ManifestFolder manifests = new ManifestFolder(jobs, found.appTitles());
    if (folder == null) {
      shell.terminal().out().print(manifests.text());
    } else {
      int files = manifests.write(folder);
      shell.terminal().say("%d files written below %s".formatted(files, folder));
    }
    ImportReport.of(source, reportZone, jobs, refused).forEach(shell.terminal()::say);
  }
}
