package io.oasis.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were seen on. */
public final class Machine {
  private static final double KIB_PER_GIB = 1024.0 * 1024;

  private Machine() {}

  /** Processors, memory, Java and the file system of the data folder, in one line. */
  public static String describe(Path data) {
    return "%d cores (%s), %.0f GB, %s %s, Java %s, data on %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor(),
            Memory.parse(read("/proc/meminfo"), "MemTotal:") * 1024 / KIB_PER_GIB,
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version(),
            fileSystem(data));
  }

  /** The load average of the last minute: how many wanted a processor. */
  public static double load() {
    return Double.parseDouble(read("/proc/loadavg").split(" ", 2)[0]);
  }

  private static String processor() {
    return read("/proc/cpuinfo")
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new BenchException("the benchmark needs Linux: " + file + " cannot be read", e);
    }
  }

  private static String fileSystem(Path folder) {
    try {
      return Files.getFileStore(folder).type();
    } catch (IOException e) {
      return "an unknown file system";
    }
  }
}
