package io.oasis.ui.row;

/**
 * A token as lists show it.
 *
 * @param id of the row
 * @param name for people
 * @param kind in words
 * @param role in words; empty: an executor token
 * @param app the only app that it is for; empty: all
 * @param createdBy who made it
 * @param created when
 * @param expires when
 * @param expired it has ended
 * @param lastUsed when
 */
public record TokenRow(
    long id,
    String name,
    String kind,
    String role,
    String app,
    String createdBy,
    Moment created,
    Moment expires,
    boolean expired,
    Moment lastUsed) {}
