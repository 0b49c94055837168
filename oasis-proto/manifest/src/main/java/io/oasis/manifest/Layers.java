package io.oasis.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is laid over manifest files before they are checked.
 *
 * @param variables what {@code ${NAME}} stands for; empty: such text is left as it is
 * @param overlays sets of files whose documents patch those of the manifests, in this order; within
 *     one set an object is patched once
 */
public record Layers(Optional<Map<String, String>> variables, List<List<SourceFile>> overlays) {
  /** Nothing. */
  public static final Layers NONE = new Layers(Optional.empty(), List.of());

  /** True when the files are read as they are. */
  public boolean isEmpty() {
    return variables.isEmpty() && overlays.isEmpty();
  }
}
