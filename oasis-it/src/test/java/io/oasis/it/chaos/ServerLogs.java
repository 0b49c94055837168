package io.oasis.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What servers complained of that needs a person. */
final class ServerLogs {
  private static final Pattern TROUBLE =
      Pattern.compile("^\\S+ \\S+ (ERROR|FATAL) .*|^\\tat .*|^Caused by: .*|^Exception in .*");
  private static final int MOST = 20;

  private ServerLogs() {}

  /** Lines of level ERROR, and stack traces. */
  static List<Finding> trouble(List<Path> logs) {
    var findings = new ArrayList<Finding>();
    for (var log : logs) {
      try (var lines = Files.lines(log)) {
        lines
            .filter(line -> TROUBLE.matcher(line).matches())
            .limit(MOST)
            .forEach(line -> findings.add(Finding.of(log.getFileName() + ": " + line)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return findings;
  }
}
