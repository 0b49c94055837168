package io.oasis.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A process with its output in a file. All of them, with their children, are killed when this Java
 * machine ends, whatever the tests did.
 */
public final class OwnedProcess implements AutoCloseable {
  private static final Set<OwnedProcess> ALL = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> ALL.forEach(OwnedProcess::killTree), "end processes"));
  }

  private final Process process;
  private final Path log;

  private OwnedProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param environment on top of that of the tests, from which every {@code OASIS_} variable has
   *     been taken away
   * @param log where its output goes, added to what is there
   */
  public static OwnedProcess start(
      List<String> command, Map<String, String> environment, Path folder, Path log) {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    cleanEnvironment(builder.environment()).putAll(environment);
    try {
      Files.createDirectories(log.getParent());
      var owned = new OwnedProcess(builder.start(), log);
      ALL.add(owned);
      return owned;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes away what the shell of a developer, or Maven, has set and a user would not have. */
  static Map<String, String> cleanEnvironment(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("OASIS_") || name.startsWith("MAVEN_"));
    environment.keySet().removeAll(Set.of("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "JAVA_TOOL_OPTIONS"));
    return environment;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Everything that it has printed so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end and returns its exit code; an {@link AssertionError} when it goes on. */
  public int awaitExit(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "process " + pid() + " runs on after " + atMost.toSeconds() + " s:\n" + output());
      }
      ALL.remove(this);
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** SIGKILL for this process alone, as {@code kill -9} does it: its children live on. */
  public void kill9() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(60));
  }

  /** SIGKILL for it and all that it has started: its machine, or its container, is gone. */
  public void killMachine() {
    var children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    awaitExit(Duration.ofSeconds(60));
  }

  /** What Ctrl-C in a terminal does: SIGINT for its process group, which it has to lead. */
  public void interruptGroup() {
    kill("INT", "-" + pid());
  }

  /**
   * Sends a signal to this process alone.
   *
   * @param name without SIG, for example STOP
   */
  public void signal(String name) {
    kill(name, String.valueOf(pid()));
  }

  private static void kill(String signal, String target) {
    try {
      var kill = new ProcessBuilder("kill", "-s", signal, "--", target).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("no process or group " + target + " for SIG" + signal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** SIGTERM, and the exit code. */
  public int stop(Duration atMost) {
    process.destroy();
    return awaitExit(atMost);
  }

  /** Stops it in a friendly way if it can be had, else with its children. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      try {
        process.waitFor(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    killTree();
    ALL.remove(this);
  }

  private void killTree() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
