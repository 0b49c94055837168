package io.oasis.server.identity;

import java.util.Optional;

/**
 * A person who can sign in.
 *
 * @param id of the row
 * @param name as typed at sign-in
 * @param role what the person may do
 * @param language chosen in the console, a language tag; empty: the browser's
 * @param timeZone chosen in the console; empty: the browser's
 * @param theme chosen in the console; empty: the system's
 */
public record Account(
    long id,
    String name,
    Role role,
    Optional<String> language,
    Optional<String> timeZone,
    Optional<String> theme) {}
