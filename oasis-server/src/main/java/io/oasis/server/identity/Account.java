package io.oasis.server.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * A person who can sign in.
 *
 * @param id of the row
 * @param name as typed at sign-in
 * @param email for people; empty: not known
 * @param access what the person may do, and where
 * @param disabled cannot sign in
 * @param external signs in by OpenID Connect and has no password here
 * @param lastSignIn by the database's clock; empty: never
 * @param preferences chosen in the console
 */
public record Account(
    long id,
    String name,
    Optional<String> email,
    Access access,
    boolean disabled,
    boolean external,
    Optional<Instant> lastSignIn,
    Preferences preferences) {

  /**
   * How a person likes the console; what is empty comes from the browser.
   *
   * @param language a language tag
   * @param timeZone an IANA name
   * @param theme {@code light}, {@code dark} or {@code system}
   */
  public record Preferences(
      Optional<String> language, Optional<String> timeZone, Optional<String> theme) {}
}
