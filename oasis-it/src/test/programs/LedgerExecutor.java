import io.oasis.executor.Executor;
import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunContext;
import io.oasis.executor.RunFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An executor that notes in a file outside of the database what it does, so that a double is seen from outside. Compiled
 * and started by the chaos tests; arguments: name, slots, drain time in seconds, ledger file.
 *
 * <p>Handler {@code work}: params {@code ms} (how long), {@code lines} (numbered lines of log), {@code fail} (percent of
 * attempts that fail, always the same ones), {@code final} (a failure that no retry helps), {@code gate} (a file without
 * which no attempt ends).
 *
 * <p>A line of the ledger: {@code S run attempt epoch member job nominal time} or {@code E run attempt epoch member time
 * outcome lines}; times are milliseconds since 1970.
 */
public final class LedgerExecutor {
  private static final int STEP_MILLIS = 50;

  private final FileChannel ledger;
  private final InstantSource clock;

  private LedgerExecutor(FileChannel ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    FileChannel file =
        FileChannel.open(
            Path.of(arguments[3]), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    LedgerExecutor program = new LedgerExecutor(file, InstantSource.system());
    Executor.fromEnvironment()
        .name(arguments[0])
        .slots(Integer.parseInt(arguments[1]))
        .drainTimeout(Duration.ofSeconds(Long.parseLong(arguments[2])))
        .handler("work", program::work)
        .start();
    new CountDownLatch(1).await();
  }

  private String work(RunContext run) throws InterruptedException {
    String who = run.runId() + " " + run.attempt() + " " + run.epoch() + " " + run.shardIndex();
    write("S " + who + " " + run.job() + " " + run.nominalAt().toEpochMilli() + " " + clock.millis());
    AtomicInteger lines = new AtomicInteger();
    String outcome = "threw";
    try {
      outcome = work(run, lines) ? "ok" : "stopped";
      return outcome;
    } catch (RunFailedException e) {
      outcome = "failed";
      throw e;
    } catch (InterruptedException e) {
      outcome = "interrupted";
      throw e;
    } finally {
      write("E " + who + " " + clock.millis() + " " + outcome + " " + lines.get());
    }
  }

  /** Returns false when it was asked to stop. */
  private boolean work(RunContext run, AtomicInteger lines) throws InterruptedException {
    long ms = Long.parseLong(run.param("ms", "100"));
    int wanted = Integer.parseInt(run.param("lines", "3"));
    long start = System.nanoTime();
    long took = 0;
    String gate = run.param("gate", "");
    while (took < ms || !(gate.isEmpty() || Files.exists(Path.of(gate)))) {
      if (run.isCancelled()) {
        return false;
      }
      for (long due = 1 + wanted * took / Math.max(ms, 1); lines.get() < Math.min(due, wanted); ) {
        run.log("line " + lines.incrementAndGet());
      }
      Thread.sleep(Math.max(1, Math.min(STEP_MILLIS, ms - took)));
      took = (System.nanoTime() - start) / 1_000_000;
    }
    while (lines.get() < wanted) {
      run.log("line " + lines.incrementAndGet());
    }
    int dice = (int) Math.floorMod((run.runId() * 31 + run.attempt()) * 0x9E3779B97F4A7C15L >>> 20, 100);
    if (dice < Integer.parseInt(run.param("fail", "0"))) {
      if (Boolean.parseBoolean(run.param("final", "false"))) {
        throw new NonRetryableException("the dice said so, for good");
      }
      throw new RunFailedException("the dice said so");
    }
    return true;
  }

  /** One write for one line: what was written before a kill -9 is in the file. */
  private void write(String line) {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      synchronized (ledger) {
        while (bytes.hasRemaining()) {
          ledger.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
