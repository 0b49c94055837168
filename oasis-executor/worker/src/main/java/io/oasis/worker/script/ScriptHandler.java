package io.oasis.worker.script;

import io.oasis.executor.Handler;
import io.oasis.executor.LogStream;
import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunContext;
import io.oasis.executor.RunFailedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Runs a script: its output is the run's log, its last line the result, its exit code the outcome.
 * The params are in {@code docs/executor.md}.
 */
public final class ScriptHandler implements Handler {
  private static final int RESULT_CHARS = 2_000;
  private static final long LOOK_MILLIS = 100;
  private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(2);
  private static final List<String> SETSID = List.of("/usr/bin/setsid", "/bin/setsid");

  private final ScriptCommand command;

  /**
   * Makes the handler.
   *
   * @param allowed which files may be run
   * @param inlineAllowed whether jobs may bring the script's text with them
   */
  public ScriptHandler(AllowedScripts allowed, boolean inlineAllowed) {
    this.command = new ScriptCommand(allowed, inlineAllowed);
  }

  @Override
  public String handle(RunContext run) throws InterruptedException {
    List<String> program = command.of(run);
    List<Integer> finalExits = exits(run.param("nonRetryableExits", ""));
    String mark = UUID.randomUUID().toString();
    Process process = start(program, run, mark);
    ProcessTree tree = new ProcessTree(process, mark);
    LastLine last = new LastLine();
    List<Thread> readers =
        List.of(
            reader(process, LogStream.STDOUT, run, last),
            reader(process, LogStream.STDERR, run, last));
    run.cancellation()
        .onCancel(
            () -> {
              if (!run.cancellation().grace().isZero()) {
                run.log(LogStream.SYSTEM, "SIGTERM to " + processes(tree.terminate()));
              }
            });
    try {
      if (awaitEnd(process, run, tree)) {
        finishReading(readers, run, tree);
        return result(process.exitValue(), last, finalExits);
      }
    } catch (InterruptedException e) {
      // The grace is over, or there is none.
    }
    int killed = tree.kill();
    // What the processes have said before their end is still to come into the log.
    Thread.interrupted();
    for (Thread reader : readers) {
      reader.join(OUTPUT_LIMIT.toMillis());
    }
    if (killed > 0) {
      run.log(LogStream.SYSTEM, "SIGKILL to " + processes(killed));
    }
    return last.text();
  }

  /**
   * Waits for the end of the script, or of its whole tree once the run is cancelled.
   *
   * @return false when the run is cancelled, and all have ended or the grace is over
   */
  private static boolean awaitEnd(Process process, RunContext run, ProcessTree tree)
      throws InterruptedException {
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !run.isCancelled()) {
      // Looks again.
    }
    if (!run.isCancelled()) {
      return true;
    }
    Duration grace = run.cancellation().grace();
    long end = System.nanoTime() + grace.toNanos();
    if (process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      // Those that it started while it was asked to end may not have been asked.
      tree.terminate();
      tree.awaitGone(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    return false;
  }

  private static Process start(List<String> program, RunContext run, String mark) {
    List<String> whole = new ArrayList<>();
    // A session of its own, so that processes whose parent has ended are still found.
    SETSID.stream()
        .filter(file -> Files.isExecutable(Path.of(file)))
        .findFirst()
        .ifPresent(whole::add);
    whole.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    try {
      ScriptCommand.fill(builder.environment(), run);
      builder.environment().put(ProcessTree.MARK, mark);
      return builder.start();
    } catch (IllegalArgumentException e) {
      throw new NonRetryableException(
          "the params cannot be environment variables: " + e.getMessage());
    } catch (IOException e) {
      throw new RunFailedException("cannot start " + program.get(0) + ": " + e.getMessage());
    }
  }

  private static Thread reader(Process process, LogStream stream, RunContext run, LastLine last) {
    boolean out = stream == LogStream.STDOUT;
    OutputReader reader =
        new OutputReader(
            out ? process.getInputStream() : process.getErrorStream(),
            line -> {
              if (out) {
                last.see(line);
              }
              run.log(stream, line);
            });
    Thread thread = new Thread(reader, "oasis-" + stream + "-" + run.runId());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** The output ends with the script, unless something that it left behind keeps it open. */
  private static void finishReading(List<Thread> readers, RunContext run, ProcessTree tree)
      throws InterruptedException {
    for (Thread reader : readers) {
      reader.join(OUTPUT_LIMIT.toMillis());
      while (reader.isAlive()) {
        int left = tree.alive().size();
        if (left > 0) {
          String words = " left behind and still running; what they print is not read";
          run.log(LogStream.SYSTEM, processes(left) + words);
          return;
        }
        reader.join(OUTPUT_LIMIT.toMillis());
      }
    }
  }

  private static String processes(int count) {
    return count == 1 ? "1 process" : count + " processes";
  }

  private static String result(int exit, LastLine last, List<Integer> finalExits) {
    if (exit == 0) {
      return last.text();
    }
    String words = "exit " + exit + (exit > 128 ? " (signal " + (exit - 128) + ")" : "");
    if (finalExits.contains(exit)) {
      throw new NonRetryableException(words);
    }
    throw new RunFailedException(words);
  }

  private static List<Integer> exits(String list) {
    try {
      return Arrays.stream(list.split("[,\\s]+"))
          .filter(code -> !code.isEmpty())
          .map(Integer::valueOf)
          .toList();
    } catch (NumberFormatException e) {
      throw new NonRetryableException(
          "params.nonRetryableExits: \"" + list + "\" is no list of numbers");
    }
  }

  /** The last line with something on it. */
  private static final class LastLine {
    private String text = "";

    synchronized void see(String line) {
      if (!line.isBlank()) {
        text = line.length() > RESULT_CHARS ? line.substring(0, RESULT_CHARS) : line;
      }
    }

    synchronized String text() {
      return text;
    }
  }
}
