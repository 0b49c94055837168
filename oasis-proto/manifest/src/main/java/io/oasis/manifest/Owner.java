package io.oasis.manifest;

/**
 * Who answers for an app or a job.
 *
 * @param name a person or a team; may be empty, never null
 * @param email where alarms go; may be empty, never null
 */
public record Owner(String name, String email) {
  public static final Owner NOBODY = new Owner("", "");
}
