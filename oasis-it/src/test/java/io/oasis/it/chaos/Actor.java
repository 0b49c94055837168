package io.oasis.it.chaos;

import io.oasis.it.harness.OwnedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A server or an executor as its supervisor sees it: started again when it is gone, unless the plan
 * wants it gone. Remembers what was done to it. Times are milliseconds since 1970.
 */
final class Actor {
  /** For how long a span is open that has not ended. */
  private static final long OPEN = Long.MAX_VALUE;

  private static final Duration STOP = Duration.ofSeconds(60);

  /** A supervisor does not start a thing again and again that cannot live. */
  private static final long RESTART_PAUSE_MILLIS = 2_000;

  /**
   * What was done to a process from when to when.
   *
   * @param what DEAD, SUSPENDED or CUT
   */
  record Span(What what, long from, long to) {
    boolean touches(long start, long end) {
      return from <= end && start <= to;
    }
  }

  /** What can be done to a process. */
  enum What {
    DEAD,
    SUSPENDED,
    CUT
  }

  private final String name;
  private final Supplier<OwnedProcess> launcher;
  private final List<Span> spans = new ArrayList<>();
  private OwnedProcess process;
  private boolean wanted;
  private boolean endExpected;
  private long startedAt;

  Actor(String name, Supplier<OwnedProcess> launcher) {
    this.name = name;
    this.launcher = launcher;
  }

  String name() {
    return name;
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Is nothing being done to it just now? */
  boolean isInPeace() {
    return wanted && isAlive() && spans.stream().noneMatch(s -> s.to == OPEN);
  }

  /** The supervisor may start it from now on. */
  void want(long now) {
    wanted = true;
    supervise(now);
  }

  /**
   * Starts it if it should run and does not.
   *
   * @return whether it had ended without having been asked to
   */
  boolean supervise(long now) {
    if (!wanted || isAlive() || now - startedAt < RESTART_PAUSE_MILLIS) {
      return false;
    }
    boolean surprise = process != null && !endExpected;
    if (process != null) {
      end(What.DEAD, now);
      if (surprise) {
        spans.add(new Span(What.DEAD, now, now));
      }
    }
    endExpected = false;
    process = launcher.get();
    startedAt = now;
    return surprise;
  }

  /** It is gone at once, with everything that it has started. */
  void kill(long now) {
    unwanted();
    begin(What.DEAD, now);
    process.killMachine();
  }

  /** Asks it to end, if it has not ended by itself meanwhile, as without its database. */
  void terminate() {
    unwanted();
    if (isAlive()) {
      process.signal("TERM");
    }
  }

  /** Waits for the end that {@link #terminate} asked for. */
  void awaitEnd() {
    process.awaitExit(STOP);
  }

  void suspend(long now) {
    if (isAlive()) {
      begin(What.SUSPENDED, now);
      process.signal("STOP");
    }
  }

  void resume(long now) {
    if (isAlive()) {
      process.signal("CONT");
    }
    end(What.SUSPENDED, now);
  }

  void begin(What what, long now) {
    spans.add(new Span(what, now, OPEN));
  }

  void end(What what, long now) {
    spans.replaceAll(s -> s.what == what && s.to == OPEN ? new Span(what, s.from, now) : s);
  }

  void close() {
    wanted = false;
    if (process != null) {
      process.close();
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private void unwanted() {
    wanted = false;
    endExpected = true;
  }
}
