package io.oasis.server.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * Clears away what a first start left behind that was killed in its middle: programs that are not
 * all unpacked, and a database that was never finished. Such a database holds nothing of a user's,
 * and is moved aside all the same.
 */
final class HalfDone {
  /** The library puts this file into its folder of programs when all of them are unpacked. */
  private static final String UNPACKED = ".exists";

  private HalfDone() {}

  static void removeUnfinishedPrograms(Path programs) throws IOException {
    if (!Files.isDirectory(programs)) {
      return;
    }
    List<Path> unfinished;
    try (Stream<Path> versions = Files.list(programs)) {
      unfinished =
          versions
              .filter(Files::isDirectory)
              .filter(version -> !Files.exists(version.resolve(UNPACKED)))
              .toList();
    }
    for (Path version : unfinished) {
      delete(version);
    }
  }

  static void moveAside(Path data) throws IOException {
    try (Stream<Path> inside = Files.list(data)) {
      if (inside.findAny().isEmpty()) {
        return;
      }
    }
    Path aside = data.resolveSibling("postgres-unfinished");
    delete(aside);
    Files.move(data, aside);
    Files.createDirectories(data);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
