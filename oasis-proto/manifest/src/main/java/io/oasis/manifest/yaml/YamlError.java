package io.oasis.manifest.yaml;

/**
 * Why a text, or one document of it, cannot be read.
 *
 * @param mark where; {@link YamlValue.Mark#START} when it is the whole text
 * @param path of the field, may be empty
 * @param message one line
 * @param hint one line
 */
public record YamlError(YamlValue.Mark mark, String path, String message, String hint) {}
