package io.oasis.executor.internal;

import io.grpc.Status;
import io.oasis.executor.v1.ExecutorBundle;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Heartbeat;
import io.oasis.executor.v1.Hello;
import io.oasis.executor.v1.ServerMessage;
import io.oasis.executor.v1.Welcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one stream to one of the servers for as long as the process lives: dials them in turn,
 * backs off, sends heartbeats on a timer of their own. To a server that understands bundles, what
 * is said within one turn of the loop goes out together. Loop thread only.
 */
final class Connection implements Outbound, Session.Events {
  private static final Logger LOG = LoggerFactory.getLogger("io.oasis.executor");

  /** Grows with each dial in vain, for a server that is only slow because all come at once. */
  private static final Duration FIRST_DIAL_TIMEOUT = Duration.ofSeconds(6);

  private static final int MOST_DIAL_DOUBLINGS = 2;
  private static final Duration HANG_UP_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SLOW = Duration.ofSeconds(20);
  private static final int BUNDLE_BYTES = 32 * 1024;

  /** A stream that lived this long was a good one: the next dial comes soon. */
  private static final Duration GOOD_STREAM = Duration.ofSeconds(5);

  /** Who is told what comes over the connection. */
  interface Events {
    Hello hello();

    int busySlots();

    void welcomed(Limits limits);

    void received(ServerMessage message);

    void ready();

    void disconnected();

    void leaseLost(Duration grace);
  }

  private final List<ServerAddress> servers;
  private final Dialer dialer;
  private final EventLoop loop;
  private final Events events;
  private final LongSupplier nanoTime;
  private final Backoff backoff;
  private final LeaseWatch lease;
  private final List<ExecutorMessage> gathered = new ArrayList<>();
  private int gatheredBytes;
  private boolean bundling;
  private int next;
  private int dialsInVain;
  private Session session;
  private long helloSent;
  private boolean welcomed;
  private boolean stopped;
  private Runnable onDown;
  private EventLoop.Timer dialTimer;
  private EventLoop.Timer heartbeats;
  private String lastTrouble = "";

  Connection(
      List<ServerAddress> servers,
      Dialer dialer,
      EventLoop loop,
      Events events,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.servers = servers;
    this.dialer = dialer;
    this.loop = loop;
    this.events = events;
    this.nanoTime = nanoTime;
    this.backoff = new Backoff(random);
    this.lease = new LeaseWatch(loop, nanoTime, events::leaseLost);
    // Processes with the same list do not all start at its first server.
    this.next = random.nextInt(servers.size());
  }

  void dial() {
    if (stopped) {
      return;
    }
    ServerAddress server = servers.get(next++ % servers.size());
    Session dialled = new Session(server, dialer.dial(server, loop), this);
    session = dialled;
    welcomed = false;
    helloSent = nanoTime.getAsLong();
    Duration patience =
        FIRST_DIAL_TIMEOUT.multipliedBy(1L << Math.min(dialsInVain++, MOST_DIAL_DOUBLINGS));
    dialTimer =
        loop.after(
            patience, () -> giveUp(dialled, "no answer within " + patience.toSeconds() + " s"));
    dialled.open(events.hello());
  }

  @Override
  public boolean isOpen() {
    return welcomed;
  }

  /** Whether the server may take this process for dead by now, and give its work to others. */
  boolean isLeaseOver() {
    return lease.isOver();
  }

  @Override
  public boolean isReady() {
    return welcomed && session.isReady();
  }

  @Override
  public void send(ExecutorMessage message) {
    if (!welcomed) {
      return;
    }
    if (!bundling) {
      session.send(message);
      return;
    }
    gathered.add(message);
    gatheredBytes += message.getSerializedSize();
    if (gatheredBytes >= BUNDLE_BYTES) {
      flush();
    }
  }

  /** Sends what was gathered. */
  void flush() {
    if (gathered.isEmpty()) {
      return;
    }
    ExecutorMessage together =
        gathered.size() == 1
            ? gathered.get(0)
            : ExecutorMessage.newBuilder()
                .setBundle(ExecutorBundle.newBuilder().addAllMessages(gathered))
                .build();
    forgetGathered();
    session.send(together);
  }

  private void forgetGathered() {
    gathered.clear();
    gatheredBytes = 0;
  }

  /**
   * Hangs up for good. What was sent before still arrives.
   *
   * @param whenDown called when the server has ended the stream too, or after 2 s without that
   */
  void stop(Runnable whenDown) {
    stopped = true;
    onDown = whenDown;
    lease.stop();
    Session last = session;
    if (last == null || !welcomed) {
      leave();
      if (last != null) {
        last.abort("the executor stops");
      }
      whenDown.run();
      return;
    }
    flush();
    last.complete();
    loop.after(HANG_UP_TIMEOUT, () -> giveUp(last, "the executor stops"));
  }

  @Override
  public void message(Session from, ServerMessage message) {
    if (from != session) {
      return;
    }
    switch (message.getMessageCase()) {
      case WELCOME -> welcome(message.getWelcome());
      case DRAIN -> moveOn(message.getDrain().getReason());
      case BUNDLE -> message.getBundle().getMessagesList().forEach(m -> message(from, m));
      case ACK -> {
        if (message.getAck().getFinishedCount() == 0 && message.getAck().getLogsCount() == 0) {
          lease.heartbeatAnswered();
        } else {
          events.received(message);
        }
      }
      default -> events.received(message);
    }
  }

  @Override
  public void ready(Session from) {
    if (from == session && welcomed) {
      events.ready();
    }
  }

  @Override
  public void ended(Session from, Status status) {
    if (from != session) {
      return;
    }
    boolean wasWelcomed = welcomed;
    boolean good = wasWelcomed && nanoTime.getAsLong() - helloSent > GOOD_STREAM.toNanos();
    leave();
    if (stopped) {
      onDown.run();
      return;
    }
    if (good) {
      backoff.reset();
    }
    Duration wait = isRefusal(status) ? backoff.jittered(SLOW) : backoff.next();
    report(from.server(), status, wasWelcomed);
    loop.after(wait, this::dial);
  }

  private void welcome(Welcome welcome) {
    dialTimer.cancel();
    Limits limits = Limits.of(welcome);
    welcomed = true;
    bundling = welcome.getReadsBundles();
    dialsInVain = 0;
    lastTrouble = "";
    LOG.info("connected to {} (server {})", session.server(), welcome.getServerId());
    lease.welcomed(helloSent, limits.lease());
    heartbeats = loop.every(limits.heartbeat(), this::heartbeat);
    heartbeat();
    events.welcomed(limits);
  }

  private void heartbeat() {
    if (lease.isSilent()) {
      giveUp(session, "heartbeats are not answered any more");
      return;
    }
    Heartbeat beat = Heartbeat.newBuilder().setBusySlots(events.busySlots()).build();
    send(ExecutorMessage.newBuilder().setHeartbeat(beat).build());
    lease.heartbeatSent();
  }

  private void giveUp(Session given, String why) {
    if (given == session) {
      given.abort(why);
      ended(given, Status.UNAVAILABLE.withDescription(why));
    }
  }

  /** The server wants us elsewhere: runs go on, and what it did not confirm is said again there. */
  private void moveOn(String reason) {
    LOG.info("{} asks us to reconnect: {}", session.server(), reason);
    Session old = session;
    flush();
    leave();
    old.complete();
    loop.after(HANG_UP_TIMEOUT, () -> old.abort("it was left"));
    loop.after(backoff.next(), this::dial);
  }

  private void leave() {
    session = null;
    welcomed = false;
    forgetGathered();
    events.disconnected();
    if (dialTimer != null) {
      dialTimer.cancel();
    }
    if (heartbeats != null) {
      heartbeats.cancel();
    }
  }

  private static boolean isRefusal(Status status) {
    return switch (status.getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED, INVALID_ARGUMENT, NOT_FOUND -> true;
      default -> false;
    };
  }

  /** One line for each new trouble, not one for each attempt. */
  private void report(ServerAddress server, Status status, boolean wasWelcomed) {
    String trouble =
        switch (status.getCode()) {
          case UNAUTHENTICATED ->
              "the token is not accepted: check OASIS_TOKEN (unknown, expired or not an executor"
                  + " token)";
          case PERMISSION_DENIED ->
              "the token does not fit the app: check OASIS_TOKEN and OASIS_APP";
          case NOT_FOUND ->
              "the app is unknown or was removed, and may not register itself: check OASIS_APP";
          case OK -> "the server ended the stream";
          default -> status.getCode() + (words(status).isEmpty() ? "" : ": " + words(status));
        };
    if (!trouble.equals(lastTrouble)) {
      String verb = wasWelcomed ? "lost" : isRefusal(status) ? "refused by" : "cannot reach";
      LOG.warn("{} {}: {}; still trying", verb, server, trouble);
      lastTrouble = trouble;
    }
  }

  private static String words(Status status) {
    String description = status.getDescription() == null ? "" : status.getDescription();
    Throwable cause = status.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause != null && cause.getMessage() != null && !description.contains(cause.getMessage())) {
      description += (description.isEmpty() ? "" : ": ") + cause.getMessage();
    }
    return TextLimit.oneLine(description, 200);
  }
}
