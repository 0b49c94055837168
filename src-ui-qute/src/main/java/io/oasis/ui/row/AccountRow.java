package io.oasis.ui.row;

import java.util.List;

/**
 * A person who can sign in.
 *
 * @param name as typed at sign-in
 * @param email may be empty
 * @param role in all apps, in words; empty: none
 * @param appRoles by app, the role in words
 * @param disabled cannot sign in
 * @param external signs in by OpenID Connect
 * @param lastSignIn when
 */
public record AccountRow(
    String name,
    String email,
    String role,
    List<Pair> appRoles,
    boolean disabled,
    boolean external,
    Moment lastSignIn) {}
