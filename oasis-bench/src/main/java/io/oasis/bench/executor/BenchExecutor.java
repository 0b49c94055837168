package io.oasis.bench.executor;

import io.oasis.bench.peer.Calls;
import io.oasis.executor.Executor;
import io.oasis.executor.LogStream;
import io.oasis.executor.RunContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Offers the handler "noop", which does nothing but note when it was called, and "chatty", which
 * logs as many lines as its parameter says. Driven by lines on standard input: {@code count} prints
 * how many calls there were since the last {@code take}, and {@code take FILE} writes them into a
 * file. The end of the input ends the process. Reads OASIS_SERVER, OASIS_APP and OASIS_TOKEN; the
 * only argument is the number of slots.
 */
public final class BenchExecutor {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private BenchExecutor() {}

  /** Starts the executor, prints {@code connected}, and answers lines until there are no more. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Calls calls = new Calls(InstantSource.system());
    try (Executor executor =
        Executor.fromEnvironment()
            .slots(Integer.parseInt(arguments[0]))
            .action("noop", run -> calls.note(run.runId(), run.nominalAt()))
            .action("chatty", run -> chat(run, calls))
            .start()) {
      System.out.println(executor.awaitConnected(PATIENCE) ? "connected" : "not connected");
      answer(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), calls);
    }
  }

  private static void chat(RunContext run, Calls calls) {
    calls.note(run.runId(), run.nominalAt());
    int lines = Integer.parseInt(run.param("lines"));
    for (int i = 0; i < lines; i++) {
      run.log(LogStream.HANDLER, "line " + i + " of a handler that says what it does, as they do");
    }
  }

  private static void answer(BufferedReader lines, Calls calls) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("take ")) {
        calls.take(Path.of(line.substring("take ".length())));
      }
      System.out.println(calls.count());
    }
  }
}
