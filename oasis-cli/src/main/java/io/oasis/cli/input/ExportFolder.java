package io.oasis.cli.input;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes manifests into a folder, one file for each app. */
public final class ExportFolder {
  /** What an app may be called; nothing else becomes a file name. */
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9])?");

  private final Path folder;
  private final boolean force;

  /**
   * Writes into the given folder, which is made if it is not there.
   *
   * @param force whether files that are there may be replaced
   */
  public ExportFolder(String folder, boolean force) {
    try {
      this.folder = Path.of(folder);
    } catch (InvalidPathException e) {
      throw CliFailure.invalid("\"%s\" is not a folder's name".formatted(folder));
    }
    this.force = force;
  }

  /**
   * Writes all files, or none when one of them is in the way.
   *
   * @param byApp the text of each app's file
   * @return what was written, in order
   */
  public List<Path> write(Map<String, String> byApp) {
    Map<Path, String> files = new LinkedHashMap<>();
    byApp.forEach((app, text) -> files.put(fileOf(app), text));
    for (Path file : files.keySet()) {
      if (Files.exists(file) && !force) {
        throw CliFailure.invalid("%s is there already; replace it with --force".formatted(file));
      }
    }
    List<Path> written = new ArrayList<>();
    files.forEach((file, text) -> written.add(write(file, text)));
    return written;
  }

  private Path fileOf(String app) {
    if (!SLUG.matcher(app).matches()) {
      throw new CliFailure(
          ExitCode.ERROR, "\"%s\" is no name for a file; export it with -o -".formatted(app));
    }
    return folder.resolve(app + ".yaml");
  }

  /** Writes beside and renames, so that nobody reads half a file. */
  private Path write(Path file, String text) {
    try {
      Files.createDirectories(folder);
      Path fresh = Files.writeString(folder.resolve("." + file.getFileName() + ".new"), text);
      return Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.ERROR, "cannot write " + file, List.of(), e);
    }
  }
}
