package io.oasis.cli.input;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.manifest.Problem;
import io.oasis.manifest.layer.EnvFile;
import io.oasis.manifest.layer.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads variables. The environment of the process is no part of them: nothing comes unasked. */
public final class VariableFiles {
  private VariableFiles() {}

  /**
   * All variables by name; a later file beats an earlier one, and an assignment beats them all.
   *
   * @param files of {@code NAME=value} lines
   * @param assignments as they stand on the command line
   * @throws CliFailure with every line that is not understood
   */
  public static Map<String, String> read(List<String> files, List<String> assignments) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> mistakes = new ArrayList<>();
    for (String file : files) {
      EnvFile read = EnvFile.read(bytes(file));
      values.putAll(read.values());
      read.errors()
          .forEach(
              e ->
                  mistakes.add(
                      new Problem(
                              file,
                              e.mark().line(),
                              e.mark().column(),
                              "",
                              e.message(),
                              Optional.of(e.hint()))
                          .toString()));
    }
    if (!mistakes.isEmpty()) {
      throw new CliFailure(ExitCode.INVALID, "", mistakes, null);
    }
    for (String assignment : assignments) {
      String name = name(assignment);
      if (name.equals(assignment) || !name.matches(Variables.NAME)) {
        throw CliFailure.invalid(
            "--set: \"%s\" is not NAME=VALUE; names are letters, digits and _"
                .formatted(assignment));
      }
      values.put(name, assignment.substring(name.length() + 1));
    }
    return values;
  }

  /** What stands before the equals sign of an assignment; all of it where there is none. */
  public static String name(String assignment) {
    int equals = assignment.indexOf('=');
    return equals < 0 ? assignment : assignment.substring(0, equals);
  }

  private static byte[] bytes(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return in.readNBytes(EnvFile.MAX_BYTES + 1);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new CliFailure(
          ExitCode.INVALID, "%s: no such file of variables".formatted(file), List.of(), e);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.INVALID, file + ": cannot be read", List.of(), e);
    }
  }
}
