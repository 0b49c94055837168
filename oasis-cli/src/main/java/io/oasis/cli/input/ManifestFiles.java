package io.oasis.cli.input;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads manifest files. Never more than the limit is taken into memory, whatever the files claim
 * about their size, so that a pipe or a device is as safe as a file.
 */
public final class ManifestFiles {
  /** As much as the server takes in one request. */
  static final int LIMIT_BYTES = 8 * 1024 * 1024;

  private static final String STANDARD_INPUT = "-";

  private final InputStream standardInput;
  private int taken;

  /** Reads {@code -} from the given stream. */
  public ManifestFiles(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /**
   * Reads everything that the user named, in that order; the files of a folder by name.
   *
   * @param names files, folders and {@code -}
   * @param recursive whether folders inside folders count
   * @throws CliFailure with one line, when something named cannot be read
   */
  public List<SourceFile> read(List<String> names, boolean recursive) {
    return read(names, recursive, false);
  }

  /**
   * The same, where no document at all may be meant.
   *
   * @param allowEmpty leaves out files without a document, and takes folders without a file
   */
  public List<SourceFile> read(List<String> names, boolean recursive, boolean allowEmpty) {
    Set<String> files = new LinkedHashSet<>();
    for (String name : names) {
      if (name.equals(STANDARD_INPUT)) {
        files.add(name);
      } else {
        files.addAll(expand(name, recursive, allowEmpty));
      }
    }
    List<SourceFile> sources = new ArrayList<>();
    for (String file : files) {
      SourceFile source = new SourceFile(file, bytes(file));
      if (!allowEmpty || hasDocument(source)) {
        sources.add(source);
      }
    }
    return List.copyOf(sources);
  }

  private static boolean hasDocument(SourceFile file) {
    return new String(file.content(), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .anyMatch(line -> !line.isEmpty() && !line.startsWith("#") && !line.equals("---"));
  }

  private static List<String> expand(String name, boolean recursive, boolean allowEmpty) {
    Path path = path(name);
    if (!Files.exists(path)) {
      throw CliFailure.invalid("%s: no such file or folder".formatted(name));
    }
    if (!Files.isDirectory(path)) {
      return List.of(name);
    }
    List<String> found = yamlFiles(name, path, recursive);
    if (found.isEmpty() && !allowEmpty) {
      boolean deeper = !recursive && !yamlFiles(name, path, true).isEmpty();
      throw CliFailure.invalid(
          "%s: no .yaml or .yml file in this folder%s"
              .formatted(name, deeper ? "; its folders have some, add -R to read them" : ""));
    }
    return found;
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw CliFailure.invalid("\"%s\" is not a file name".formatted(name));
    }
  }

  private static List<String> yamlFiles(String name, Path folder, boolean recursive) {
    try (Stream<Path> walk = Files.walk(folder, recursive ? Integer.MAX_VALUE : 1)) {
      return walk.filter(Files::isRegularFile)
          .filter(ManifestFiles::isManifest)
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new CliFailure(ExitCode.INVALID, name + ": cannot read this folder", List.of(), e);
    }
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private byte[] bytes(String file) {
    byte[] bytes;
    try (InputStream in =
        file.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(Path.of(file))) {
      // One byte more than a file may have: the reader then says that it is too large.
      bytes = in.readNBytes(ManifestReader.MAX_FILE_BYTES + 1);
    } catch (AccessDeniedException e) {
      throw new CliFailure(ExitCode.INVALID, file + ": not allowed to read it", List.of(), e);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.INVALID, file + ": cannot be read", List.of(), e);
    }
    taken += Math.min(bytes.length, ManifestReader.MAX_FILE_BYTES);
    if (taken > LIMIT_BYTES) {
      throw CliFailure.invalid(
          "%s: with it the manifests are larger than 8 MB in all; apply them in parts"
              .formatted(file));
    }
    return bytes;
  }
}
