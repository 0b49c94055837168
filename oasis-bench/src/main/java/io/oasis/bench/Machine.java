package io.oasis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were seen on. */
final class Machine {
  private Machine() {}

  /** Processors, Java and the file system of the data folder, in one line. */
  static String describe(Path data) {
    return "%d cores, %s %s, Java %s, data on %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            fileSystem(data));
  }

  /** The load average of the last minute: how many wanted a processor. */
  static double load() {
    try {
      return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    } catch (IOException e) {
      throw new BenchException("the benchmark needs Linux: /proc/loadavg cannot be read", e);
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
