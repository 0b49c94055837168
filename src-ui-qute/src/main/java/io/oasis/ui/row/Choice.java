package io.oasis.ui.row;

/**
 * An entry of a choice.
 *
 * @param value that is sent
 * @param text that is shown
 * @param chosen true for the current one
 */
public record Choice(String value, String text, boolean chosen) {}
