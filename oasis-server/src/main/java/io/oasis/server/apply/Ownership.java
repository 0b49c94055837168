package io.oasis.server.apply;

import io.oasis.manifest.Manifest.Location;
import io.oasis.manifest.Problem;
import java.util.Optional;

/**
 * An object that another source owns.
 *
 * @param object for example {@code job billing/nightly}
 * @param owner the source that owns it
 * @param asked the source that wants it; empty: an apply without a source
 * @param location of the document that wants it
 */
public record Ownership(String object, String owner, Optional<String> asked, Location location) {

  /** What to do about it. */
  public String hint() {
    return asked.isPresent()
        ? "apply it from "
            + owner
            + ", take it out of these files, or move it here with takeOver (--take-over)"
        : "change it in "
            + owner
            + ", or edit it knowingly with override (--override): it then shows as drift";
  }

  /** As an error at the document's place. */
  public Problem problem() {
    return Problem.at(location, "metadata.name", toString(), hint());
  }

  /** One line that names both. */
  @Override
  public String toString() {
    return object
        + " belongs to source "
        + owner
        + asked.map(other -> ", not to " + other).orElse(", and this apply names no source");
  }
}
