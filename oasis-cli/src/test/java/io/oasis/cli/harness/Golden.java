package io.oasis.cli.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text with a file in {@code src/test/resources}. With {@code -Doasis.golden=write} the
 * file is written instead, to be read in the change's diff.
 */
public final class Golden {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private Golden() {}

  /** Fails when the text is not what the file says. */
  public static void assertMatches(String name, String text) {
    Path file = RESOURCES.resolve(name);
    try {
      if ("write".equals(System.getProperty("oasis.golden"))) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      }
      assertThat(text).as(name).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
