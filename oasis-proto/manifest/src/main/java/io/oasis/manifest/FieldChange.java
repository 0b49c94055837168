package io.oasis.manifest;

/**
 * One field that differs between two specs.
 *
 * @param path for example {@code schedule.cron}, {@code retry.max}, {@code params.region}
 * @param before its text before; null when it was not given or had its default
 * @param after its text after; null when it is not given or has its default
 */
public record FieldChange(String path, String before, String after) {}
