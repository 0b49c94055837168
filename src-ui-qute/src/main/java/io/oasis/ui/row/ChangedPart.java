package io.oasis.ui.row;

/**
 * One part of something that was changed.
 *
 * @param name path of the part
 * @param before as it was; empty: it was not there
 * @param after as it is; empty: it is gone
 */
public record ChangedPart(String name, String before, String after) {}
