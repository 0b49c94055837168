package io.oasis.cli.options;

import io.oasis.cli.CliFailure;
import io.oasis.cli.client.Query;
import io.oasis.manifest.JobKey;
import picocli.CommandLine.Parameters;

/** Names one job on the command line. */
public final class JobArgument {
  @Parameters(index = "0", paramLabel = "APP/JOB", description = "The job, as APP/JOB.")
  String job;

  /** The job's key. */
  public JobKey key() {
    return parse(job);
  }

  /** Where the API keeps it. */
  public String path() {
    return path(key());
  }

  /** Where the API keeps a job. */
  public static String path(JobKey key) {
    return "/jobs/" + Query.segment(key.app()) + "/" + Query.segment(key.name());
  }

  /** Reads {@code app/name}. */
  public static JobKey parse(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
      throw CliFailure.invalid(
          "\"%s\" does not name a job; write APP/JOB, for example billing/nightly".formatted(text));
    }
    return new JobKey(text.substring(0, slash), text.substring(slash + 1));
  }
}
