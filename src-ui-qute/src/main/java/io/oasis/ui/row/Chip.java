package io.oasis.ui.row;

/**
 * An active filter.
 *
 * @param name what is filtered by
 * @param value by which value
 * @param without the address of the page without this filter
 */
public record Chip(String name, String value, String without) {}
