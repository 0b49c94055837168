package io.oasis.it.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that is under test, and where the build has put its parts. */
public final class Checkout {
  private static final Path ROOT = findRoot();

  private Checkout() {}

  /** The folder of the Makefile. */
  public static Path root() {
    return ROOT;
  }

  /**
   * A file or folder of the checkout.
   *
   * @throws IllegalStateException when it is not there, with what to do about it
   */
  public static Path path(String relative) {
    var path = ROOT.resolve(relative);
    if (!Files.exists(path)) {
      throw new IllegalStateException(path + " is missing; run 'make build' first");
    }
    return path;
  }

  /** A start script of {@code bin/}, once the part behind it is built. */
  static Path script(String name, String module) {
    path(module + "/target/quarkus-app/quarkus-run.jar");
    return path("bin/" + name);
  }

  private static Path findRoot() {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("Makefile"))
          && Files.isDirectory(folder.resolve("oasis-it"))) {
        return folder;
      }
    }
    throw new IllegalStateException("the tests run outside of a checkout");
  }
}
