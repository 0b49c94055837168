package io.oasis.bench.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * How long the disk takes to make 8 KiB durable: what every commit waits for. It tells a round that
 * met a busy machine from the others.
 */
public final class FsyncProbe {
  private static final int TIMES = 200;
  private static final int PAGE = 8192;

  private FsyncProbe() {}

  /** The median of some tries in a folder, in microseconds. */
  public static double medianMicros(Path folder) {
    Path file = folder.resolve("fsync-probe");
    long[] micros = new long[TIMES];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < TIMES; i++) {
        long begun = System.nanoTime();
        channel.write(ByteBuffer.allocate(PAGE), (long) i * PAGE);
        channel.force(false);
        micros[i] = (System.nanoTime() - begun) / 1_000;
      }
      Files.delete(file);
    } catch (IOException e) {
      throw new BenchException("cannot write to " + folder + ": " + e.getMessage(), e);
    }
    Arrays.sort(micros);
    return micros[TIMES / 2];
  }
}
