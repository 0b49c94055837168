package io.oasis.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of a process, from {@code /proc/PID/status}. */
public final class Memory {
  private static final double KIB_PER_MIB = 1024;

  private Memory() {}

  /** What it holds now, in MiB. */
  public static double residentMib(long pid) {
    return field(pid, "VmRSS:");
  }

  private static double field(long pid, String name) {
    try {
      return parse(Files.readString(Path.of("/proc", Long.toString(pid), "status")), name);
    } catch (IOException e) {
      throw new BenchException("the memory of process " + pid + " cannot be read", e);
    }
  }

  static double parse(String status, String name) {
    return status
            .lines()
            .filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow(() -> new BenchException("the kernel does not say " + name))
        / KIB_PER_MIB;
  }
}
