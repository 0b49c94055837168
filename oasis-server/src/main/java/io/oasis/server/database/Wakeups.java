package io.oasis.server.database;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells all servers, at commit, that there is something to look at. It only makes things faster:
 * whoever is told also polls, so a lost word costs a second and nothing else.
 */
@ApplicationScoped
public class Wakeups {
  /** The channel of LISTEN; every word goes through this one. */
  public static final String CHANNEL = "oasis";

  /** A job's next fire may be earlier than before. */
  public static final String JOBS = "jobs";

  /** Runs are queued or handed over: dispatchers and stream holders look. */
  public static final String RUNS = "runs";

  /** Runs wait for a free slot of a node: whoever holds the stream of one with room takes them. */
  public static final String WAITING = "waiting";

  /** A stopping server has given up runs that it had claimed: whoever looks next takes them. */
  public static final String GIVEN_UP = "given-up";

  /** A node came, drains or went. */
  public static final String NODES = "nodes";

  /** There is something to be said to people. */
  public static final String ALARMS = "alarms";

  /** Sends the word when the transaction commits; the same word twice in one transaction is one. */
  public void send(Tx tx, String word) {
    tx.query("SELECT pg_notify(?, ?)", row -> 0, CHANNEL, word);
  }
}
