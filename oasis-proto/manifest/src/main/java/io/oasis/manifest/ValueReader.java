package io.oasis.manifest;

import io.oasis.manifest.yaml.YamlValue;
import java.util.Optional;

/** Reads one kind of value. */
@FunctionalInterface
interface ValueReader<T> {
  /** The value, or empty after the mistake has been reported. */
  Optional<T> read(YamlValue value, String path, ProblemSink problems);
}
