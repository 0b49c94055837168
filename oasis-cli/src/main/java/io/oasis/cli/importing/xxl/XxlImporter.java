package io.oasis.cli.importing.xxl;

import io.oasis.cli.importing.ImportedJob;
import io.oasis.cli.importing.JobNames;
import io.oasis.cli.importing.SourceJobs;
import io.oasis.cli.importing.UnreadableSource;
import io.oasis.cli.importing.fires.UnreadableSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the jobs of XXL-JOB into manifests, an app for each of its executors. */
public final class XxlImporter {
  private XxlImporter() {}

  /**
   * How to read.
   *
   * @param file how the text is called in the report
   * @param app the app that all jobs go to; empty: that of their executor
   * @param zone of the JVM that XXL-JOB's admin runs in
   * @param now when an interval begins of which no next time is known
   * @param inline whether jobs carry their scripts, rather than name files
   */
  public record Options(
      String file, Optional<String> app, ZoneId zone, Instant now, boolean inline) {}

  /**
   * Reads a dump of MySQL or an export as JSON.
   *
   * @throws UnreadableSource when it is neither, or has no job
   */
  public static SourceJobs read(String text, Options options) {
    XxlTables tables;
    try {
      tables = XxlTables.read(text, options.file());
    } catch (UnreadableSource wrong) {
      String said = wrong.getMessage();
      throw said.startsWith(options.file())
          ? wrong
          : new UnreadableSource(options.file() + ": " + said);
    }
    Map<String, String> apps = new LinkedHashMap<>();
    Map<String, String> titles = new LinkedHashMap<>();
    for (Row group : tables.groups()) {
      String name = JobNames.slug(group.text("app_name").orElse(""), "xxl-job");
      String id = group.text("id").orElse("");
      apps.put(id, options.app().orElse(name));
      titles.putIfAbsent(options.app().orElse(name), group.text("title").orElse(name));
    }
    JobNames names = new JobNames();
    List<ImportedJob> jobs = new ArrayList<>();
    List<SourceJobs.Refused> refused = new ArrayList<>();
    for (Row row : tables.jobs()) {
      String id = row.text("id").orElse("?");
      String group = row.text("job_group").orElse("");
      String app = apps.getOrDefault(group, options.app().orElse("xxl-job"));
      String origin = JobNames.line(options.file() + " job " + id);
      try {
        String wish = row.text("executor_handler").orElse("job-" + id);
        jobs.add(new XxlJob(row, app, names.take(app, wish, "job-" + id), options).job(origin));
      } catch (UnreadableSchedule wrong) {
        refused.add(
            new SourceJobs.Refused(
                origin,
                wrong.getMessage() + "; XXL-JOB does not fire it either, so correct it first"));
      }
    }
    return new SourceJobs(jobs, refused, titles);
  }
}
