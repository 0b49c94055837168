package io.oasis.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processor time that processes have used so far, from {@code /proc/PID/stat}.
 *
 * @param micros user and system time in microseconds; the kernel counts in steps of 10 ms
 */
public record CpuTime(long micros) {
  /** The unit of the file is 1/100 s on every Linux that Java runs on (USER_HZ). */
  private static final long MICROS_PER_TICK = 10_000;

  /** Of one process with all of its threads. */
  public static CpuTime of(long pid) {
    List<String> fields = fields(pid);
    return new CpuTime(ticks(fields, 0, 2) * MICROS_PER_TICK);
  }

  /**
   * Of a process, its children that live, and its children that have ended and that it has waited
   * for. This is how PostgreSQL works: one process, and a child for each connection.
   */
  public static CpuTime ofTree(long pid) {
    long ticks = ticks(fields(pid), 0, 4);
    List<Long> children =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .map(ProcessHandle::pid)
            .toList();
    for (long child : children) {
      List<String> fields = fields(child);
      ticks += fields.isEmpty() ? 0 : ticks(fields, 0, 4);
    }
    return new CpuTime(ticks * MICROS_PER_TICK);
  }

  /** What was used since an earlier reading. */
  public CpuTime since(CpuTime earlier) {
    return new CpuTime(micros - earlier.micros);
  }

  /** Both together. */
  public CpuTime plus(CpuTime other) {
    return new CpuTime(micros + other.micros);
  }

  private static long ticks(List<String> fields, int from, int count) {
    if (fields.isEmpty()) {
      throw new BenchException("a process ended while its processor time was measured");
    }
    return fields.subList(from, from + count).stream().mapToLong(Long::parseLong).sum();
  }

  /** utime, stime, cutime and cstime; empty when there is no such process. */
  private static List<String> fields(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Fields 14–17 of proc(5). The second one is a name in parentheses and may hold anything. */
  static List<String> parse(String stat) {
    String afterName = stat.substring(stat.lastIndexOf(')') + 2);
    return Stream.of(afterName.split(" ", -1)).skip(11).limit(4).toList();
  }
}
