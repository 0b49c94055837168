package io.oasis.ui.row;

/**
 * A name with its value: a param, a label.
 *
 * @param name the key
 * @param value as text
 */
public record Pair(String name, String value) {}
