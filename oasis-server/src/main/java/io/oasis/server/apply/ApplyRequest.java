package io.oasis.server.apply;

import io.oasis.manifest.SourceFile;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobDraft;
import java.time.Duration;
import java.util.List;

/**
 * Asks for files to be planned or applied.
 *
 * @param files to be read as manifests
 * @param origin who asks, and from where
 * @param reach the apps whose objects the caller may touch
 * @param horizon how far the plan looks ahead at fires
 * @param options what is asked for beside the documents
 */
public record ApplyRequest(
    List<SourceFile> files,
    JobDraft.Origin origin,
    Reach reach,
    Duration horizon,
    ApplyOptions options) {

  /** Asks for no more than the documents say. */
  public ApplyRequest(
      List<SourceFile> files, JobDraft.Origin origin, Reach reach, Duration horizon) {
    this(files, origin, reach, horizon, ApplyOptions.PLAIN);
  }
}
