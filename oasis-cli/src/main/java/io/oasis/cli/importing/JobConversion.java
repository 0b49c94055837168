package io.oasis.cli.importing;

import io.oasis.cli.importing.fires.FireComparison;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.ReadResult;
import io.oasis.manifest.SourceFile;
import io.oasis.manifest.yaml.YamlWriter;
import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A job as a manifest that is known to be right.
 *
 * @param job what it was made of
 * @param yaml its document
 * @param comparison of the next fires of both sides; empty when the job has no times
 */
public record JobConversion(ImportedJob job, String yaml, Optional<FireComparison> comparison) {
  /** How many of the next fires are compared. */
  public static final int FIRES = 100;

  /** What came of converting a job. */
  public sealed interface Outcome {
    /** It is a manifest. */
    record Converted(JobConversion conversion) implements Outcome {}

    /** A manifest cannot say it. */
    record Impossible(SourceJobs.Refused refused) implements Outcome {}
  }

  /**
   * Writes the manifest of a job, reads it back and compares.
   *
   * @param now from when on fires are compared
   */
  public static Outcome of(ImportedJob job, Instant now) {
    String yaml = YamlWriter.write(document(job));
    SourceFile file = new SourceFile("import", yaml.getBytes(StandardCharsets.UTF_8));
    ReadResult read = new ManifestReader().read(List.of(file));
    if (!read.problems().isEmpty()) {
      var problem = read.problems().get(0);
      return new Outcome.Impossible(
          new SourceJobs.Refused(
              job.origin(),
              problem.path()
                  + ": "
                  + problem.message()
                  + problem.hint().map(hint -> "; " + hint).orElse("")));
    }
    JobManifest manifest = (JobManifest) read.manifests().get(0);
    Optional<FireComparison> comparison =
        job.fires()
            .map(source -> FireComparison.of(source.next(now, FIRES), fires(manifest, now), FIRES));
    return new Outcome.Converted(new JobConversion(job, yaml, comparison));
  }

  private static List<Instant> fires(JobManifest manifest, Instant now) {
    var spec = manifest.spec();
    JobTiming timing =
        new JobTiming(
            spec.schedule(), spec.window(), spec.jitter(), manifest.key().toString(), now);
    return FireTimes.preview(timing, now, FIRES);
  }

  private static Map<String, Object> document(ImportedJob job) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("app", job.app());
    head.put("name", job.name());
    if (!job.labels().isEmpty()) {
      head.put("labels", new TreeMap<>(job.labels()));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "oasis/v1");
    document.put("kind", "Job");
    document.put("metadata", head);
    document.put("spec", job.spec());
    return document;
  }
}
