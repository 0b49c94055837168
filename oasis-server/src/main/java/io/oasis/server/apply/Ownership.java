package io.oasis.server.apply;

import java.util.Optional;

/**
 * An object that another source owns.
 *
 * @param object for example {@code job billing/nightly}
 * @param owner the source that owns it
 * @param asked the source that wants it; empty: an apply without a source
 */
public record Ownership(String object, String owner, Optional<String> asked) {

  /** One line that names both. */
  @Override
  public String toString() {
    return object
        + " belongs to source "
        + owner
        + asked.map(other -> ", not to " + other).orElse(", and this apply names no source");
  }
}
