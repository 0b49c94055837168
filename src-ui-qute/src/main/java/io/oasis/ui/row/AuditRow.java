package io.oasis.ui.row;

import java.util.List;

/**
 * One entry of the audit trail.
 *
 * @param id of the entry
 * @param at when
 * @param who did it
 * @param word what was done, in words; empty: the action of a newer server
 * @param action the stable word of what was done
 * @param object what it was done to
 * @param url of the object's page; empty: it has none
 * @param parts that differ
 */
public record AuditRow(
    long id,
    Moment at,
    String who,
    String word,
    String action,
    String object,
    String url,
    List<ChangedPart> parts) {}
