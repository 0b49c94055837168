package io.oasis.worker.script;

import io.oasis.executor.NonRetryableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which files may be run. Paths are compared after all symbolic links and dots are resolved, so
 * that neither leads out of an allowed folder.
 */
public final class AllowedScripts {
  private final boolean any;
  private final List<Path> roots;

  private AllowedScripts(boolean any, List<Path> roots) {
    this.any = any;
    this.roots = roots;
  }

  /** Any file that the worker's user may run. */
  public static AllowedScripts any() {
    return new AllowedScripts(true, List.of());
  }

  /**
   * These files, and what is below these folders.
   *
   * @throws IllegalArgumentException with one line for people when one does not exist
   */
  public static AllowedScripts of(List<Path> filesAndFolders) {
    List<Path> roots = new ArrayList<>();
    for (Path path : filesAndFolders) {
      try {
        roots.add(path.toRealPath());
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "--allow-script " + path + ": there is no such file or folder", e);
      }
    }
    return new AllowedScripts(false, List.copyOf(roots));
  }

  /**
   * Finds a script by what a job calls it.
   *
   * @param script an absolute path, or one below an allowed folder
   * @return the file's real path
   * @throws NonRetryableException when there is no such file, or it is not allowed
   */
  Path resolve(String script) {
    Path asked;
    try {
      asked = Path.of(script);
    } catch (InvalidPathException e) {
      throw new NonRetryableException("params.script is no path: " + e.getReason());
    }
    for (Path candidate : candidates(asked)) {
      Path real = real(candidate);
      if (real != null && (any || roots.stream().anyMatch(real::startsWith))) {
        return real;
      }
      if (real != null) {
        throw new NonRetryableException(
            "params.script: "
                + script
                + " is not allowed on this worker; it allows "
                + roots.stream().map(Path::toString).collect(Collectors.joining(", ")));
      }
    }
    throw new NonRetryableException("params.script: there is no file " + script);
  }

  private List<Path> candidates(Path asked) {
    if (asked.isAbsolute()) {
      return List.of(asked);
    }
    List<Path> candidates = new ArrayList<>();
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        candidates.add(root.resolve(asked));
      } else if (root.getFileName().equals(asked)) {
        candidates.add(root);
      }
    }
    if (any) {
      candidates.add(asked.toAbsolutePath());
    }
    return candidates;
  }

  private static Path real(Path path) {
    try {
      Path real = path.toRealPath();
      return Files.isRegularFile(real) ? real : null;
    } catch (IOException e) {
      return null;
    }
  }
}
