package io.oasis.manifest;

import java.util.List;

/**
 * What was read.
 *
 * @param manifests the documents in the order of the files; to be used only when there is no
 *     problem
 * @param problems every mistake of every file, by file, line and column
 */
public record ReadResult(List<Manifest> manifests, List<Problem> problems) {}
