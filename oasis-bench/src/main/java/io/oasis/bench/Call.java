package io.oasis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A call of the handler, as the executor noted it.
 *
 * @param run id of the run
 * @param nominalMicros the time that it was due, in microseconds since 1970
 * @param calledMicros the executor's clock when its handler began; likewise
 */
record Call(long run, long nominalMicros, long calledMicros) {

  /** How much later than due the handler began. */
  long lateMicros() {
    return calledMicros - nominalMicros;
  }

  /** Reads what the executor wrote. */
  static List<Call> read(Path file) {
    try {
      return Files.readAllLines(file).stream().map(Call::parse).toList();
    } catch (IOException e) {
      throw new BenchException("the executor's calls cannot be read from " + file, e);
    }
  }

  private static Call parse(String line) {
    String[] words = line.split(" ", -1);
    return new Call(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
  }
}
