package io.oasis.bench.peer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Notes when a handler was called. Many threads write at once. */
public final class Calls {
  private final InstantSource clock;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final AtomicLong count = new AtomicLong();

  private record Call(long id, long dueMicros, long calledMicros) {}

  /** With the clock of the handler's process. */
  public Calls(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Notes a call now.
   *
   * @param id of the run; 0 where a contender has none
   */
  public void note(long id, long dueMicros) {
    calls.add(new Call(id, dueMicros, nowMicros()));
    count.incrementAndGet();
  }

  /** Notes a call now. */
  public void note(long id, Instant due) {
    note(id, micros(due));
  }

  /** How many there were since the last {@link #take}. */
  public long count() {
    return count.get();
  }

  /** The first call since the last {@link #take}, in microseconds since 1970; 0: there is none. */
  public long firstMicros() {
    return calls.stream().mapToLong(Call::calledMicros).min().orElse(0);
  }

  /** Now, in microseconds since 1970. */
  public long nowMicros() {
    return micros(clock.instant());
  }

  /** Writes the calls into a file, one a line (id, due, called), and forgets them. */
  public void take(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Call call = calls.poll(); call != null; call = calls.poll()) {
        count.decrementAndGet();
        out.write(call.id() + " " + call.dueMicros() + " " + call.calledMicros() + "\n");
      }
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
