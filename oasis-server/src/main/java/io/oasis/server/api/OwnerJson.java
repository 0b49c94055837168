package io.oasis.server.api;

import io.oasis.manifest.Owner;

/** Who answers for an app or a job; both may be empty. */
public record OwnerJson(String name, String email) {
  static OwnerJson of(Owner owner) {
    return new OwnerJson(owner.name(), owner.email());
  }
}
