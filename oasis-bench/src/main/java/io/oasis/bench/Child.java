package io.oasis.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that the benchmark has started. Its standard error goes to a file; its standard output
 * is read line by line, or goes to the same file.
 */
final class Child implements AutoCloseable {
  private static final long STOP_SECONDS = 30;

  /** Where standard output goes. */
  enum Output {
    TO_LOG,
    READ
  }

  private final Process process;
  private final BufferedReader output;

  private Child(Process process, BufferedReader output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a command with these OASIS_ variables and none from outside. */
  static Child start(List<String> command, Map<String, String> environment, Path log, Output out) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(log.getParent().toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (out == Output.TO_LOG) {
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }
    builder.environment().keySet().removeIf(name -> name.startsWith("OASIS_"));
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(log.getParent());
      Process process = builder.start();
      return new Child(process, out == Output.READ ? process.inputReader() : null);
    } catch (IOException e) {
      throw new BenchException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Sends a line and returns the one that it answers. */
  String ask(String line) {
    try {
      process.outputWriter().write(line + "\n");
      process.outputWriter().flush();
      return readLine();
    } catch (IOException e) {
      throw new BenchException("process " + pid() + " does not answer: " + e.getMessage(), e);
    }
  }

  /** The next line of its output. */
  String readLine() {
    try {
      String line = output.readLine();
      if (line == null) {
        throw new BenchException("process " + pid() + " has ended; its log says why");
      }
      return line;
    } catch (IOException e) {
      throw new BenchException("process " + pid() + " does not answer: " + e.getMessage(), e);
    }
  }

  /** SIGTERM; SIGKILL for it and its children when that takes too long. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
