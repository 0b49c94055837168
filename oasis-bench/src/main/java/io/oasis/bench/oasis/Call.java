package io.oasis.bench.oasis;

import io.oasis.bench.machine.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A call of a handler, as its process noted it.
 *
 * @param run id of the run; 0 where a contender has none
 * @param dueMicros the time that it was due, in microseconds since 1970
 * @param calledMicros the clock of the handler's process when it began; likewise
 */
public record Call(long run, long dueMicros, long calledMicros) {

  /** How much later than due the handler began. */
  public long lateMicros() {
    return calledMicros - dueMicros;
  }

  /** Reads what the process wrote. */
  public static List<Call> read(Path file) {
    try {
      return Files.readAllLines(file).stream().map(Call::parse).toList();
    } catch (IOException e) {
      throw new BenchException("the calls cannot be read from " + file, e);
    }
  }

  private static Call parse(String line) {
    String[] words = line.split(" ", -1);
    return new Call(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
  }
}
