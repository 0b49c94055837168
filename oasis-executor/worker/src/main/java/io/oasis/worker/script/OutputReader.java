package io.oasis.worker.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads one output of a process line by line, as it comes. A line ends with LF, CR or both; of a
 * line without an end only the first 64 KiB are kept, so no output can fill the memory.
 */
final class OutputReader implements Runnable {
  private static final int KEPT_BYTES = 64 * 1024;

  private final InputStream output;
  private final Consumer<String> onLine;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int previous;

  OutputReader(InputStream output, Consumer<String> onLine) {
    this.output = output;
    this.onLine = onLine;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[8 * 1024];
    try (output) {
      int count;
      while ((count = output.read(buffer)) >= 0) {
        for (int i = 0; i < count; i++) {
          take(buffer[i]);
        }
      }
    } catch (IOException e) {
      // The stream was closed from our side, because the process is gone.
    }
    if (line.size() > 0) {
      emit();
    }
  }

  private void take(byte next) {
    if (next == '\n' && previous == '\r') {
      previous = next; // the second half of one line end
      return;
    }
    if (next == '\n' || next == '\r') {
      emit();
    } else if (line.size() < KEPT_BYTES) {
      line.write(next);
    }
    previous = next;
  }

  private void emit() {
    onLine.accept(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }
}
