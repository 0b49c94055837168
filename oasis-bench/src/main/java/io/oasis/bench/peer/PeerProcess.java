package io.oasis.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Drives a contender by lines on standard input, each answered by one line: {@code pause}, {@code
 * resume}, {@code seed FIRST APART COUNT}, {@code await COUNT SECONDS} (answers calls, first call
 * and end of all work in microseconds since 1970; the end is 0 when it did not come in time) and
 * {@code take FILE}. The end of the input ends the process.
 */
public final class PeerProcess {
  private static final String OK = "ok";
  private static final long LOOK_MILLIS = 2;

  private final Peer peer;
  private final Calls calls;

  private PeerProcess(Peer peer, Calls calls) {
    this.peer = peer;
    this.calls = calls;
  }

  /** Starts the contender, prints {@code ready}, answers lines until there are no more, exits. */
  public static void serve(Peer peer, Calls calls) {
    // Their pools have threads that would keep the process alive.
    try {
      answerAll(peer, calls);
      System.exit(0);
    } catch (Exception e) {
      System.err.println(peer.getClass().getSimpleName() + ": " + e);
      System.exit(1);
    }
  }

  private static void answerAll(Peer peer, Calls calls) throws Exception {
    peer.start();
    System.out.println("ready");
    PeerProcess process = new PeerProcess(peer, calls);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(process.answer(line.split(" ", 2)));
      }
    }
  }

  private String answer(String[] words) throws Exception {
    switch (words[0]) {
      case "pause" -> peer.pause();
      case "resume" -> peer.resume();
      case "seed" -> peer.seed(DueTimes.parse(words[1]));
      case "take" -> calls.take(Path.of(words[1]));
      case "await" -> {
        return await(words[1].split(" ", -1));
      }
      default -> throw new IOException("unknown line: " + words[0]);
    }
    return OK;
  }

  private String await(String[] words) throws SQLException, InterruptedException {
    long count = Long.parseLong(words[0]);
    long limit = System.nanoTime() + Long.parseLong(words[1]) * 1_000_000_000;
    while (calls.count() < count || !peer.isDone()) {
      if (System.nanoTime() > limit) {
        return calls.count() + " " + calls.firstMicros() + " 0";
      }
      Thread.sleep(LOOK_MILLIS);
    }
    long end = calls.nowMicros();
    return calls.count() + " " + calls.firstMicros() + " " + end;
  }
}
