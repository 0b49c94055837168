package io.oasis.worker.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * All processes of one script (KL5). Three signs make a process one of them, because each can be
 * lost: it descends from the script's process (lost when its parent ends), it is of the script's
 * session (lost by setsid; the session is the script's own only when {@code setsid} started it),
 * and its environment carries the run's mark (lost when it clears it).
 */
final class ProcessTree {
  /** Name of the environment variable that carries the mark. */
  static final String MARK = "OASIS_RUN_MARK";

  private static final String PROC = "/proc";
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 20;
  private static final int SESSION_FIELD = 3;

  private final Process root;
  private final byte[] mark;

  ProcessTree(Process root, String mark) {
    this.root = root;
    this.mark = (MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
  }

  /** Asks all of them to end (SIGTERM); returns how many there were. */
  int terminate() {
    List<ProcessHandle> alive = alive();
    alive.forEach(ProcessHandle::destroy);
    return alive.size();
  }

  /**
   * Waits until none is left.
   *
   * @param limit for how long at most
   * @return whether none is left
   * @throws InterruptedException when the waiting thread is interrupted
   */
  boolean awaitGone(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!alive().isEmpty()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return true;
  }

  /**
   * Kills all of them (SIGKILL), and what they start meanwhile, whatever interrupts arrive.
   *
   * @return how many were found at first
   */
  int kill() {
    int found = alive().size();
    long end = System.nanoTime() + KILL_LIMIT.toNanos();
    boolean interrupted = false;
    while (System.nanoTime() < end) {
      List<ProcessHandle> alive = alive();
      if (alive.isEmpty()) {
        break;
      }
      alive.forEach(ProcessHandle::destroyForcibly);
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return found;
  }

  /** Those that still run; a process that has ended and waits for its parent does not count. */
  List<ProcessHandle> alive() {
    Map<Long, ProcessHandle> found = new LinkedHashMap<>();
    Stream.concat(Stream.of(root.toHandle()), root.descendants())
        .forEach(handle -> found.put(handle.pid(), handle));
    long self = ProcessHandle.current().pid();
    if (Files.isDirectory(Path.of(PROC))) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(PROC), "[0-9]*")) {
        for (Path entry : entries) {
          long pid = Long.parseLong(entry.getFileName().toString());
          if (pid != self && !found.containsKey(pid) && isOurs(entry)) {
            ProcessHandle.of(pid).ifPresent(handle -> found.put(pid, handle));
          }
        }
      } catch (IOException | NumberFormatException e) {
        // Without a readable /proc the descendants are all that can be known.
      }
    }
    return found.values().stream().filter(ProcessTree::works).toList();
  }

  private boolean isOurs(Path entry) {
    String[] fields = stat(entry);
    if (fields.length > SESSION_FIELD && fields[SESSION_FIELD].equals(Long.toString(root.pid()))) {
      return true;
    }
    try {
      return contains(Files.readAllBytes(entry.resolve("environ")), mark);
    } catch (IOException e) {
      return false; // another user's, or gone
    }
  }

  /** Whether a process is alive, and not only waiting for its parent to notice its end. */
  static boolean works(ProcessHandle handle) {
    String[] fields = stat(Path.of(PROC, Long.toString(handle.pid())));
    boolean zombie = fields.length > 0 && (fields[0].equals("Z") || fields[0].equals("X"));
    return handle.isAlive() && !zombie;
  }

  /** State, parent, group, session, … of a process; empty when it is gone. */
  private static String[] stat(Path entry) {
    try {
      String line = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
      return line.substring(line.lastIndexOf(')') + 2).split(" ");
    } catch (IOException | IndexOutOfBoundsException e) {
      return new String[0];
    }
  }

  private static boolean contains(byte[] text, byte[] part) {
    outer:
    for (int i = 0; i + part.length <= text.length; i++) {
      for (int j = 0; j < part.length; j++) {
        if (text[i + j] != part[j]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }
}
