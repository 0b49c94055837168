package io.oasis.bench.executor;

import io.oasis.executor.Executor;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Offers the handler "noop", which does nothing but note when it was called. Driven by lines on
 * standard input: {@code count} prints how many calls there were since the last {@code take}, and
 * {@code take FILE} writes them into a file, one a line: run, nominal time and call in microseconds
 * since 1970. The end of the input ends the process. Reads OASIS_SERVER, OASIS_APP and OASIS_TOKEN;
 * the only argument is the number of slots.
 */
public final class BenchExecutor {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final InstantSource clock;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final AtomicLong count = new AtomicLong();

  private record Call(long run, Instant nominal, Instant called) {}

  private BenchExecutor(InstantSource clock) {
    this.clock = clock;
  }

  /** Starts the executor, prints {@code connected}, and answers lines until there are no more. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BenchExecutor bench = new BenchExecutor(InstantSource.system());
    try (Executor executor =
        Executor.fromEnvironment()
            .slots(Integer.parseInt(arguments[0]))
            .action("noop", run -> bench.called(run.runId(), run.nominalAt()))
            .start()) {
      System.out.println(executor.awaitConnected(PATIENCE) ? "connected" : "not connected");
      bench.answer(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }
  }

  private void called(long run, Instant nominal) {
    calls.add(new Call(run, nominal, clock.instant()));
    count.incrementAndGet();
  }

  private void answer(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("take ")) {
        take(Path.of(line.substring("take ".length())));
      }
      System.out.println(count.get());
    }
  }

  private void take(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Call call = calls.poll(); call != null; call = calls.poll()) {
        count.decrementAndGet();
        out.write(call.run() + " " + micros(call.nominal()) + " " + micros(call.called()) + "\n");
      }
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
