package io.oasis.cli.importing;

import java.util.List;
import java.util.Map;

/**
 * All that an importer found.
 *
 * @param jobs those that a manifest can say
 * @param refused those that it cannot, by their origin, each with the reason and what to do
 * @param appTitles titles of the apps, where the source has them
 */
public record SourceJobs(
    List<ImportedJob> jobs, List<Refused> refused, Map<String, String> appTitles) {

  /**
   * A job that was not imported.
   *
   * @param origin where it was read
   * @param reason why, and what to do: one line
   */
  public record Refused(String origin, String reason) {}
}
