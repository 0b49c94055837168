package io.oasis.cli.input;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.manifest.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
   * @throws CliFailure with one line, when something named cannot be read as text
   */
  public List<SourceFile> read(List<String> names, boolean recursive) {
    Set<String> files = new LinkedHashSet<>();
    for (String name : names) {
      if (name.equals(STANDARD_INPUT)) {
        files.add(name);
      } else {
        files.addAll(expand(name, recursive));
      }
    }
    List<SourceFile> sources = new ArrayList<>();
    for (String file : files) {
      sources.add(new SourceFile(file, text(file, bytes(file))));
    }
    return List.copyOf(sources);
  }

  private static List<String> expand(String name, boolean recursive) {
    Path path = path(name);
    if (!Files.exists(path)) {
      throw CliFailure.invalid("%s: no such file or folder".formatted(name));
    }
    if (!Files.isDirectory(path)) {
      return List.of(name);
    }
    List<String> found = yamlFiles(name, path, recursive);
    if (found.isEmpty()) {
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
    int room = LIMIT_BYTES - taken;
    byte[] bytes;
    try (InputStream in =
        file.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(Path.of(file))) {
      bytes = in.readNBytes(room + 1);
    } catch (AccessDeniedException e) {
      throw new CliFailure(ExitCode.INVALID, file + ": not allowed to read it", List.of(), e);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.INVALID, file + ": cannot be read", List.of(), e);
    }
    if (bytes.length > room) {
      throw CliFailure.invalid(
          taken == 0
              ? "%s: larger than 8 MB, which is the most that manifests may have".formatted(file)
              : "%s: with it the manifests are larger than 8 MB in all; apply them in parts"
                  .formatted(file));
    }
    taken += bytes.length;
    return bytes;
  }

  /** Binary files are refused here, because nothing about them can be said by line and column. */
  private static byte[] text(String file, byte[] bytes) {
    String name = file.equals(STANDARD_INPUT) ? "standard input" : file;
    for (byte b : bytes) {
      if (b == 0) {
        throw CliFailure.invalid(name + ": not a text file");
      }
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.isBlank()) {
        throw CliFailure.invalid(name + ": empty; a manifest starts with apiVersion: oasis/v1");
      }
    } catch (CharacterCodingException e) {
      throw new CliFailure(
          ExitCode.INVALID, name + ": not UTF-8 text; save it as UTF-8", List.of(), e);
    }
    return bytes;
  }
}
