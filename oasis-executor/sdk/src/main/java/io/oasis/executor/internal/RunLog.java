package io.oasis.executor.internal;

import io.oasis.executor.v1.LogBatch;
import io.oasis.executor.v1.LogLine;
import io.oasis.executor.v1.LogStream;
import io.oasis.executor.v1.RunRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * The log of one attempt: numbers its lines from 1 without holes and keeps them until the server
 * has committed them. Thread-safe: handlers append, the loop takes batches.
 *
 * <p>It is bounded in two ways. Of more lines than the server's quota the head is kept, the middle
 * is cut and counted, and the tail follows at the end (LG4). While the server is slower than the
 * handler, {@link #append} waits a moment for room; with no room after that, lines are dropped and
 * counted until there is some (FN9).
 */
final class RunLog {
  /** What may be on its way without an acknowledgement, so that one run cannot fill the stream. */
  private static final int WINDOW_BYTES = 512 * 1024;

  private static final int BATCH_BYTES = 128 * 1024;
  private static final int CAPACITY_LINES = 20_000;
  private static final int CAPACITY_BYTES = 4 * 1024 * 1024;
  private static final int TAIL_LINES = 1_000;
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Limits limits;
  private final int tailLines;
  private final Runnable onAppended;

  private final ArrayDeque<LogLine> sent = new ArrayDeque<>();
  private final ArrayDeque<LogLine> unsent = new ArrayDeque<>();
  private final ArrayDeque<LogLine> tail = new ArrayDeque<>();
  private long acked;
  private long last;
  private long sentBytes;
  private long unsentBytes;
  private long tailBytes;
  private long lostLines;
  private long cutLines;
  private long cutBytes;
  private long progressNanos;
  private boolean cutting;
  private boolean patienceSpent;
  private boolean closed;
  private volatile Blackout blackout = Blackout.NONE;

  RunLog(InstantSource clock, LongSupplier nanoTime, Limits limits, Runnable onAppended) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.limits = limits;
    this.tailLines = (int) Math.min(TAIL_LINES, limits.linesPerRun() / 4);
    this.onAppended = onAppended;
  }

  /** From now on these values do not leave the process. */
  void hide(Blackout values) {
    blackout = values;
  }

  /** Adds the handler's text, line by line; may wait a moment for room. */
  void append(LogStream stream, String text) {
    String whole = text == null ? "null" : text;
    if (whole.indexOf('\n') < 0 && whole.indexOf('\r') < 0) {
      appendLine(stream, whole, true);
    } else {
      whole.lines().forEach(line -> appendLine(stream, line, true));
    }
    onAppended.run();
  }

  /** Adds a line of the executor itself; never waits, so the loop may call it. */
  void appendSystem(String line) {
    appendLine(LogStream.LOG_STREAM_SYSTEM, line, false);
    onAppended.run();
  }

  /** Ends the log: nothing is added any more, and the tail of a cut log gets its numbers. */
  synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    noteLost();
    if (cutLines > 0) {
      number(system(cutLines + " lines (" + cutBytes + " bytes) are cut away here"));
    }
    tail.forEach(this::number);
    tail.clear();
    notifyAll();
  }

  /** Sequence number of the last line, 0 when there is none. */
  synchronized long last() {
    return last;
  }

  /** Whether there are lines that were not sent yet, or have to be sent again. */
  synchronized boolean hasUnsent() {
    return !unsent.isEmpty();
  }

  synchronized boolean isAllAcked() {
    return acked == last;
  }

  /** The next lines to send, or null when there is none or too much is on its way. */
  synchronized LogBatch nextBatch(RunRef run) {
    if (unsent.isEmpty() || sentBytes >= WINDOW_BYTES) {
      return null;
    }
    LogBatch.Builder batch = LogBatch.newBuilder().setRun(run).setFirstSeq(acked + sent.size() + 1);
    long bytes = 0;
    while (!unsent.isEmpty()
        && batch.getLinesCount() < limits.batchLines()
        && bytes < BATCH_BYTES) {
      LogLine line = unsent.poll();
      batch.addLines(line);
      sent.add(line);
      bytes += size(line);
    }
    if (sentBytes == 0) {
      progressNanos = nanoTime.getAsLong();
    }
    sentBytes += bytes;
    unsentBytes -= bytes;
    return batch.build();
  }

  /** The server has every line up to {@code seq}. */
  synchronized void ack(long seq) {
    long upTo = Math.min(seq, last);
    progressNanos = nanoTime.getAsLong();
    while (acked < upTo) {
      if (!sent.isEmpty()) {
        sentBytes -= size(sent.poll());
      } else {
        unsentBytes -= size(unsent.poll());
      }
      acked++;
    }
    if (!isFull()) {
      patienceSpent = false;
      notifyAll();
    }
  }

  /** A new stream: what was not acknowledged has to be said again. */
  synchronized void rewind() {
    while (!sent.isEmpty()) {
      unsent.addFirst(sent.pollLast());
    }
    unsentBytes += sentBytes;
    sentBytes = 0;
  }

  /** Whether lines were said and nothing was acknowledged for that long. */
  synchronized boolean isStalled(Duration patience) {
    return !sent.isEmpty() && nanoTime.getAsLong() - progressNanos > patience.toNanos();
  }

  private synchronized void appendLine(LogStream stream, String text, boolean mayWait) {
    if (closed) {
      return;
    }
    LogLine line = line(stream, text);
    if (last >= limits.linesPerRun() - tailLines - 3) {
      keepInTail(line);
    } else if (isFull() && mayWait && !awaitRoom()) {
      lostLines++;
    } else if (!closed) {
      noteLost();
      number(line);
    }
  }

  /** PostgreSQL has no text with a NUL in it, so none leaves the executor. */
  private LogLine line(LogStream stream, String text) {
    String open = text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    String clean = blackout.apply(open);
    return LogLine.newBuilder()
        .setAt(WireTime.of(clock.instant()))
        .setStream(stream)
        .setText(TextLimit.bytes(clean, limits.lineBytes()))
        .build();
  }

  private LogLine system(String text) {
    return line(LogStream.LOG_STREAM_SYSTEM, text);
  }

  private void number(LogLine line) {
    unsent.add(line);
    unsentBytes += size(line);
    last++;
  }

  private void noteLost() {
    if (lostLines > 0) {
      number(system(lostLines + " lines are lost here: no server took them in time"));
      lostLines = 0;
    }
  }

  private void keepInTail(LogLine line) {
    if (!cutting) {
      cutting = true;
      noteLost();
      number(
          system(
              "the log has reached its "
                  + limits.linesPerRun()
                  + " lines; its end follows when the"
                  + " run is over"));
    }
    tail.add(line);
    tailBytes += size(line);
    while (tail.size() > 1 && (tail.size() > tailLines || tailBytes > CAPACITY_BYTES / 4)) {
      LogLine cut = tail.poll();
      tailBytes -= size(cut);
      cutLines++;
      cutBytes += cut.getTextBytes().size();
    }
  }

  private boolean isFull() {
    return sent.size() + unsent.size() >= CAPACITY_LINES
        || sentBytes + unsentBytes >= CAPACITY_BYTES;
  }

  /** Waits for room; after one wait in vain it stays impatient until there is some. */
  private boolean awaitRoom() {
    if (patienceSpent) {
      return false;
    }
    onAppended.run();
    long end = nanoTime.getAsLong() + PATIENCE_NANOS;
    try {
      while (isFull() && !closed) {
        long millis = (end - nanoTime.getAsLong()) / 1_000_000;
        if (millis <= 0) {
          patienceSpent = true;
          return false;
        }
        wait(millis);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int size(LogLine line) {
    return line.getSerializedSize() + 4;
  }
}
