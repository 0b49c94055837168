package io.oasis.server.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * Which audit entries a list shows; empty parts do not filter.
 *
 * @param apps whose entries; those about no single app are seen by whoever sees all apps
 * @param who exactly
 * @param action exactly, or a prefix that ends with a dot: {@code job.}
 * @param object exactly: {@code job billing/nightly}
 * @param from at or after this
 * @param to before this
 */
public record AuditFilter(
    Reach apps,
    Optional<String> who,
    Optional<String> action,
    Optional<String> object,
    Optional<Instant> from,
    Optional<Instant> to) {

  /** The entries about one object. */
  public static AuditFilter about(Reach apps, String object) {
    return new AuditFilter(
        apps,
        Optional.empty(),
        Optional.empty(),
        Optional.of(object),
        Optional.empty(),
        Optional.empty());
  }
}
