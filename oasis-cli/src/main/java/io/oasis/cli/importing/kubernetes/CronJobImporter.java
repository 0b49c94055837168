package io.oasis.cli.importing.kubernetes;

import io.oasis.cli.importing.ImportedJob;
import io.oasis.cli.importing.JobNames;
import io.oasis.cli.importing.SourceJobs;
import io.oasis.cli.importing.UnreadableSource;
import io.oasis.cli.importing.fires.UnreadableSchedule;
import io.oasis.manifest.Problem;
import io.oasis.manifest.yaml.YamlDocuments;
import io.oasis.manifest.yaml.YamlError;
import io.oasis.manifest.yaml.YamlValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the CronJobs in a text and turns each into a job. */
public final class CronJobImporter {
  private static final int MOST_DOCUMENTS = 5_000;

  private final Options options;
  private final JobNames names = new JobNames();
  private final List<ImportedJob> jobs = new ArrayList<>();
  private final List<SourceJobs.Refused> refused = new ArrayList<>();

  /**
   * How to read.
   *
   * @param file how the text is called in the report
   * @param app the app that the jobs go to; empty: one for each namespace
   * @param zone of the cluster's controller
   * @param now when a schedule begins that only names an interval
   */
  public record Options(String file, Optional<String> app, ZoneId zone, Instant now) {}

  private CronJobImporter(Options options) {
    this.options = options;
  }

  /**
   * Reads YAML or JSON.
   *
   * @throws UnreadableSource when it cannot be read, or holds no CronJob
   */
  public static SourceJobs read(String text, Options options) {
    YamlDocuments read = YamlDocuments.read(text, MOST_DOCUMENTS, MOST_DOCUMENTS);
    if (!read.errors().isEmpty()) {
      YamlError error = read.errors().get(0);
      throw new UnreadableSource(
          new Problem(
                  options.file(),
                  error.mark().line(),
                  error.mark().column(),
                  error.path(),
                  error.message(),
                  Optional.ofNullable(error.hint()))
              .toString());
    }
    CronJobImporter importer = new CronJobImporter(options);
    for (YamlValue document : read.documents()) {
      importer.object(Node.of(document));
    }
    if (importer.jobs.isEmpty() && importer.refused.isEmpty()) {
      throw new UnreadableSource(
          options.file()
              + ": there is no CronJob in it; export some with: kubectl get cronjobs -A -o yaml");
    }
    return new SourceJobs(importer.jobs, importer.refused, Map.of());
  }

  private void object(Node object) {
    String kind = object.at("kind").text().orElse("");
    if (kind.equals("List") || kind.equals("CronJobList")) {
      object.at("items").items().forEach(this::object);
      return;
    }
    boolean inTypedList = kind.isEmpty() && object.at("spec", "jobTemplate").exists();
    if (!kind.equals("CronJob") && !inTypedList) {
      return;
    }
    String name = object.at("metadata", "name").text().orElse("");
    String origin = JobNames.line(options.file() + ":" + object.line() + " CronJob " + name);
    String version = object.at("apiVersion").text().orElse("batch/v1");
    if (!version.startsWith("batch/v")) {
      refused.add(new SourceJobs.Refused(origin, "its apiVersion " + version + " is not batch/v1"));
      return;
    }
    String app =
        options
            .app()
            .orElseGet(
                () ->
                    JobNames.slug(object.at("metadata", "namespace").text().orElse(""), "default"));
    try {
      CronJobReading reading =
          new CronJobReading(object, app, names.take(app, name, "cronjob"), options);
      jobs.add(reading.job(origin));
    } catch (UnreadableSchedule wrong) {
      refused.add(new SourceJobs.Refused(origin, "spec.schedule: " + wrong.getMessage()));
    }
  }
}
