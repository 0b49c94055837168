package io.oasis.bench.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that the benchmark has started. Its standard error goes to a file; its standard output
 * is read line by line, or goes to the same file. It does not outlive the benchmark.
 */
public final class Child implements AutoCloseable {
  private static final long STOP_SECONDS = 30;

  /** Where standard output goes. */
  public enum Output {
    /** To the log. */
    TO_LOG,
    /** It is read. */
    READ
  }

  private final Process process;
  private final BufferedReader output;
  private final Path log;
  private final Thread killer;

  private Child(Process process, BufferedReader output, Path log) {
    this.process = process;
    this.output = output;
    this.log = log;
    this.killer = new Thread(this::destroyAll, "end process " + process.pid());
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /** Starts a command with these OASIS_ variables and none from outside. */
  public static Child start(
      List<String> command, Map<String, String> environment, Path log, Output out) {
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
      return new Child(process, out == Output.READ ? process.inputReader() : null, log);
    } catch (IOException e) {
      throw new BenchException("cannot start " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  /** Starts a main class that is on the class path of the benchmark; its output is read. */
  public static Child startJava(
      List<String> options, List<String> mainAndArguments, Map<String, String> env, Path log) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(options);
    command.add("-cp");
    command.add(Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString());
    command.addAll(mainAndArguments);
    return start(command, env, log, Output.READ);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Its id at the operating system. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it used of the processors. */
  public CpuTime cpu() {
    return CpuTime.of(pid());
  }

  /** Sends a line and returns the one that it answers. */
  public String ask(String line) {
    try {
      process.outputWriter().write(line + "\n");
      process.outputWriter().flush();
      return readLine();
    } catch (IOException e) {
      throw new BenchException("process " + pid() + " does not answer; see " + log, e);
    }
  }

  /** The next line of its output. */
  public String readLine() {
    try {
      String line = output.readLine();
      if (line == null) {
        throw new BenchException("process " + pid() + " has ended; " + log + " says why");
      }
      return line;
    } catch (IOException e) {
      throw new BenchException("process " + pid() + " does not answer; see " + log, e);
    }
  }

  /** SIGKILL: it gets no chance to say anything. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** SIGTERM; SIGKILL for it and its children when that takes too long. */
  @Override
  public void close() {
    process.destroy();
    await();
    destroyAll();
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // This JVM ends already, and the hook finds nothing left to kill.
    }
  }

  private void await() {
    try {
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void destroyAll() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
