package io.oasis.server.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * A token as lists show it; its secret is known to its holder only.
 *
 * @param id of the row
 * @param name for people
 * @param kind what it opens
 * @param role what it may do; empty for an executor token
 * @param app the only app that it may touch; empty: all
 * @param createdAt by the database's clock
 * @param createdBy who made it
 * @param expiresAt from when on it is refused
 * @param lastUsedAt exact to a minute; empty: never used
 */
public record Token(
    long id,
    String name,
    Kind kind,
    Optional<Role> role,
    Optional<String> app,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    Optional<Instant> lastUsedAt) {

  /** What a token opens. */
  public enum Kind {
    /** A person's session, made by signing in. */
    SESSION("ost_"),
    /** The REST API, for programs. */
    API("oat_"),
    /** The executor channel. */
    EXECUTOR("oet_");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    /** What every token of the kind starts with, so that people and secret scanners know it. */
    public String prefix() {
      return prefix;
    }
  }
}
