package io.oasis.cli.input;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.manifest.Problem;
import io.oasis.manifest.yaml.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A text of another system, read with a bound. */
public final class SourceText {
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  private SourceText() {}

  /**
   * Reads a file, or standard input for {@code -}.
   *
   * @throws CliFailure when it is missing, too large, or not text in UTF-8
   */
  public static String read(String file, InputStream standardInput) {
    byte[] bytes;
    try (InputStream in = file.equals("-") ? standardInput : Files.newInputStream(Path.of(file))) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new CliFailure(ExitCode.INVALID, file + ": no such file", List.of(), e);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.INVALID, file + ": cannot be read", List.of(), e);
    }
    return switch (YamlText.decode(bytes, MOST_BYTES)) {
      case YamlText.Decoded(var text) -> text;
      case YamlText.Refused(var error) ->
          throw CliFailure.invalid(
              new Problem(
                      file,
                      error.mark().line(),
                      error.mark().column(),
                      "",
                      error.message(),
                      Optional.of("give the text as it was exported, in UTF-8"))
                  .toString());
    };
  }
}
