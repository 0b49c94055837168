package io.oasis.manifest;

import java.util.Optional;

/**
 * Which job a document means that has another name now: with it the job keeps its history, without
 * it a new name is a new job.
 *
 * @param uid {@code metadata.uid}: the job's number on the server
 * @param renamedFrom {@code metadata.renamedFrom}: its name before, in the same app
 */
public record Predecessor(Optional<Long> uid, Optional<String> renamedFrom) {
  public static final Predecessor NONE = new Predecessor(Optional.empty(), Optional.empty());
}
