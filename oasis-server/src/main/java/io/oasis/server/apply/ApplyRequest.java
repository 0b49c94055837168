package io.oasis.server.apply;

import io.oasis.manifest.SourceFile;
import io.oasis.server.job.JobDraft;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks for files to be planned or applied.
 *
 * @param files to be read as manifests
 * @param origin who asks, and from where
 * @param onlyApp the only app whose objects the caller may touch; empty: all
 * @param horizon how far the plan looks ahead at fires
 */
public record ApplyRequest(
    List<SourceFile> files, JobDraft.Origin origin, Optional<String> onlyApp, Duration horizon) {}
