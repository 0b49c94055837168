package io.oasis.samples.orders;

import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settlement of a day. Its first line says which run and epoch wrote it, so that a copy of the
 * run that was given up earlier cannot overwrite what its successor has written.
 *
 * @param path the file
 */
record Settlement(Path path) {
  private static final Pattern WRITER = Pattern.compile("# run (\\d+) epoch (\\d+)");

  /** Whether exactly these sums stand in the file. */
  boolean holds(OrderFile.Sums sums) throws IOException {
    if (Files.notExists(path)) {
      return false;
    }
    List<String> lines = Files.readAllLines(path);
    return !lines.isEmpty() && lines.subList(1, lines.size()).equals(lines(sums));
  }

  /**
   * Writes the sums whole or not at all: into a file of this hand-over's own, then renamed.
   *
   * @throws NonRetryableException when a later hand-over of the same run has written already
   */
  void write(RunContext run, OrderFile.Sums sums) throws IOException {
    Path own =
        path.resolveSibling("." + path.getFileName() + "." + run.runId() + "-" + run.epoch());
    String head = "# run " + run.runId() + " epoch " + run.epoch();
    try {
      Files.writeString(own, head + "\n" + String.join("\n", lines(sums)) + "\n");
      refuseOlderEpoch(run);
      Files.move(own, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(own);
    }
  }

  private void refuseOlderEpoch(RunContext run) throws IOException {
    if (Files.notExists(path)) {
      return;
    }
    List<String> lines = Files.readAllLines(path);
    Matcher writer = WRITER.matcher(lines.isEmpty() ? "" : lines.get(0));
    if (writer.matches()
        && Long.parseLong(writer.group(1)) == run.runId()
        && Long.parseLong(writer.group(2)) > run.epoch()) {
      throw new NonRetryableException(
          "epoch " + writer.group(2) + " of this run has written already");
    }
  }

  private static List<String> lines(OrderFile.Sums sums) {
    return Stream.concat(
            Stream.of("customer,amount"),
            sums.byCustomer().entrySet().stream()
                .map(sum -> sum.getKey() + "," + sum.getValue().toPlainString()))
        .toList();
  }
}
