package io.oasis.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What servers complained of that needs a person. */
final class ServerLogs {
  private static final Pattern TROUBLE =
      Pattern.compile("^\\S+ \\S+ (ERROR|FATAL) .*|^\\tat .*|^Caused by: .*|^Exception in .*");
  private static final Pattern RECORD =
      Pattern.compile("^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{3} .*");

  /** Says that a thread was slow, with where it was: of a busy machine, unless that is our code. */
  private static final Pattern SLOW =
      Pattern.compile("^\\S+ \\S+ WARN +BlockedThreadChecker .*blocked for (\\d+) ms.*");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final int TIME_LENGTH = 23;
  private static final String OURS = "io.oasis";
  private static final int MOST = 20;

  private ServerLogs() {}

  /** Lines of level ERROR, and stack traces. */
  static List<Finding> trouble(List<Path> logs) {
    var findings = new ArrayList<Finding>();
    for (var log : logs) {
      var records = records(log);
      records.stream()
          .filter(record -> !isSlowMachine(record, records))
          .flatMap(List::stream)
          .filter(line -> TROUBLE.matcher(line).matches())
          .limit(MOST)
          .forEach(line -> findings.add(Finding.of(log.getFileName() + ": " + line)));
    }
    return findings;
  }

  private static boolean isSlowMachine(List<String> record, List<List<String>> all) {
    var slow = SLOW.matcher(record.getFirst());
    return slow.matches()
        && (record.stream().noneMatch(line -> line.contains(OURS))
            || wasStopped(time(record), Duration.ofMillis(Long.parseLong(slow.group(1))), all));
  }

  /**
   * Whether the whole process stood still, as it does when chaos suspends it: then any line of code
   * may be the one that a thread was at. A thread that is slow by itself lets the others go on, and
   * in a chaos run they write something in each second.
   */
  private static boolean wasStopped(
      LocalDateTime end, Duration blocked, List<List<String>> records) {
    var before = end.minus(blocked);
    var moments =
        records.stream()
            .filter(record -> RECORD.matcher(record.getFirst()).matches())
            .filter(record -> !SLOW.matcher(record.getFirst()).matches())
            .map(ServerLogs::time)
            .filter(at -> at.isAfter(before) && at.isBefore(end));
    var last = before;
    var silence = Duration.ZERO;
    for (var at : Stream.concat(moments, Stream.of(end)).toList()) {
      var quiet = Duration.between(last, at);
      silence = quiet.compareTo(silence) > 0 ? quiet : silence;
      last = at;
    }
    return silence.compareTo(blocked.multipliedBy(4).dividedBy(5)) >= 0;
  }

  private static LocalDateTime time(List<String> record) {
    return LocalDateTime.parse(record.getFirst().substring(0, TIME_LENGTH), TIME);
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
