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
  private static final Pattern RECORD = Pattern.compile("^\\d{4}-\\d{2}-\\d{2} .*");

  /** Says that a thread was slow, with where it was: of a busy machine, unless that is our code. */
  private static final Pattern SLOW = Pattern.compile("^\\S+ \\S+ WARN +BlockedThreadChecker .*");

  private static final String OURS = "io.oasis";
  private static final int MOST = 20;

  private ServerLogs() {}

  /** Lines of level ERROR, and stack traces. */
  static List<Finding> trouble(List<Path> logs) {
    var findings = new ArrayList<Finding>();
    for (var log : logs) {
      records(log).stream()
          .filter(record -> !isSlowMachine(record))
          .flatMap(List::stream)
          .filter(line -> TROUBLE.matcher(line).matches())
          .limit(MOST)
          .forEach(line -> findings.add(Finding.of(log.getFileName() + ": " + line)));
    }
    return findings;
  }

  private static boolean isSlowMachine(List<String> record) {
    return SLOW.matcher(record.getFirst()).matches()
        && record.stream().noneMatch(line -> line.contains(OURS));
  }

  /** Each line that begins with a date, with the lines that follow it and do not. */
  private static List<List<String>> records(Path log) {
    try {
      var records = new ArrayList<List<String>>();
      for (var line : Files.readAllLines(log)) {
        if (records.isEmpty() || RECORD.matcher(line).matches()) {
          records.add(new ArrayList<>());
        }
        records.getLast().add(line);
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
