package io.oasis.server.apply;

import io.oasis.manifest.Manifest;
import java.util.Optional;

/**
 * An object that another source owns.
 *
 * @param object for example {@code job billing/nightly}
 * @param owner the source that owns it
 * @param asked the source that wants it; empty: an apply without a source
 * @param place where the files name the object
 */
public record Ownership(
    String object, String owner, Optional<String> asked, Manifest.Location place) {

  /** One line that names both. */
  @Override
  public String toString() {
    return object
        + " belongs to source "
        + owner
        + asked.map(other -> ", not to " + other).orElse(", and this apply names no source");
  }
}
