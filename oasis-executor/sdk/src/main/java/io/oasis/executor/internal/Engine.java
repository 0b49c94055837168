package io.oasis.executor.internal;

import io.oasis.executor.v1.Draining;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Hello;
import io.oasis.executor.v1.ServerMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands behind an {@code Executor}: puts the parts together, starts them and drains them. */
public final class Engine implements Connection.Events {
  private static final Logger LOG = LoggerFactory.getLogger("io.oasis.executor");
  private static final String SDK_VERSION = "oasis-java/0.1.0";
  private static final Duration SAY_AGAIN_EVERY = Duration.ofSeconds(1);
  private static final Duration HAND_BACK_GRACE = Duration.ofSeconds(3);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LAST_WORDS_TIMEOUT = Duration.ofSeconds(10);

  private final Settings settings;
  private final EventLoop loop;
  private final Connection connection;
  private final Workshop workshop;
  private final LogPump pump;
  private final RunBoard board;
  private final CountDownLatch connected = new CountDownLatch(1);
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private final CompletableFuture<Void> down = new CompletableFuture<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean up;
  private boolean drainOver;

  Engine(
      Settings settings,
      Dialer dialer,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.settings = settings;
    this.loop = new EventLoop("oasis-executor");
    this.connection = new Connection(settings.servers(), dialer, loop, this, nanoTime, random);
    this.workshop = new Workshop(loop, clock, nanoTime, settings);
    this.pump = new LogPump(loop, connection);
    this.board = new RunBoard(settings, connection, pump, workshop, this::quieter);
    loop.afterTurn(connection::flush);
  }

  /** Makes an engine with the machine's clock; nothing happens before {@link #start()}. */
  public static Engine of(Settings settings, Dialer dialer) {
    return new Engine(
        settings, dialer, InstantSource.system(), System::nanoTime, new SplittableRandom());
  }

  /** Starts to connect. */
  public void start() {
    LOG.info(
        "executor {} of app {}: handlers {}, {} slots",
        nodeId(),
        settings.identity().app(),
        settings.handlers().keySet().stream().sorted().toList(),
        settings.slots());
    loop.execute(connection::dial);
    loop.every(SAY_AGAIN_EVERY, board::sayAgain);
  }

  /** The id under which the server knows this process. */
  public String nodeId() {
    return settings.identity().nodeId();
  }

  /** Whether a server has welcomed us and the stream is up. */
  public boolean isConnected() {
    return up;
  }

  /** Waits for the first Welcome; says whether it came in time. */
  public boolean awaitConnected(Duration limit) throws InterruptedException {
    return connected.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes the engine when the process is asked to end. */
  public void closeOnShutdown() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "oasis-shutdown"));
  }

  /** Drains and stops; waits for the end. */
  public void close() {
    try {
      if (closing.compareAndSet(false, true)) {
        drain();
      }
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In this order: no new work, finish, hand back the rest, last words, hang up. */
  private void drain() throws InterruptedException {
    try {
      Duration timeout = settings.drainTimeout();
      loop.execute(() -> startDraining(timeout));
      if (!within(idle, timeout)) {
        String reason = "the executor drains, " + timeout.toSeconds() + " s are over";
        loop.execute(() -> board.handBack(reason, HAND_BACK_GRACE));
        if (!within(idle, STOP_TIMEOUT)) {
          loop.execute(() -> LOG.warn("these handlers do not stop: {}", board.running()));
        }
      }
      loop.execute(this::endDraining);
      if (!within(settled, LAST_WORDS_TIMEOUT)) {
        LOG.warn("no server has confirmed the last results; they may be lost");
      }
    } finally {
      loop.execute(() -> connection.stop(() -> down.complete(null)));
      within(down, LAST_WORDS_TIMEOUT);
      workshop.close();
      loop.stop();
      up = false;
      LOG.info("executor {} has stopped", nodeId());
      closed.countDown();
    }
  }

  private void startDraining(Duration timeout) {
    LOG.info("draining: {} runs under way, up to {} s", board.busySlots(), timeout.toSeconds());
    board.drain();
    Draining draining = Draining.newBuilder().setTimeout(WireTime.of(timeout)).build();
    connection.send(ExecutorMessage.newBuilder().setDraining(draining).build());
    quieter();
  }

  private void endDraining() {
    drainOver = true;
    quieter();
  }

  /** Something has ended or was confirmed: the drain may be one step further. */
  private void quieter() {
    if (board.isDraining() && board.busySlots() == 0) {
      idle.complete(null);
    }
    if (drainOver && board.isSettled()) {
      settled.complete(null);
    }
  }

  private static boolean within(CompletableFuture<Void> future, Duration limit)
      throws InterruptedException {
    try {
      future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed with an exception", e);
    }
  }

  @Override
  public Hello hello() {
    Identity identity = settings.identity();
    return Hello.newBuilder()
        .setApp(identity.app())
        .setNodeId(identity.nodeId())
        .setAddress(identity.address())
        .setSdkVersion(SDK_VERSION)
        .setAppVersion(identity.appVersion())
        .putAllLabels(identity.labels())
        .addAllHandlers(List.copyOf(settings.handlers().keySet()))
        .setSlots(settings.slots())
        .addAllInFlight(board.inFlight())
        .setDraining(board.isDraining())
        .setReadsBundles(true)
        .build();
  }

  @Override
  public int busySlots() {
    return board.busySlots();
  }

  @Override
  public void welcomed(Limits limits) {
    workshop.limits(limits);
    up = true;
    connected.countDown();
    board.reconnected();
  }

  @Override
  public void disconnected() {
    up = false;
  }

  @Override
  public void received(ServerMessage message) {
    switch (message.getMessageCase()) {
      case ASSIGN -> {
        if (connection.isLeaseOver()) {
          // It waited here while this process was suspended, and may be another node's by now.
          board.refuse(message.getAssign(), "it came when the lease of the node was over");
        } else {
          board.assign(message.getAssign());
        }
      }
      case CANCEL -> board.cancel(message.getCancel());
      case ACK -> board.acked(message.getAck());
      case FENCED -> board.fenced(message.getFenced());
      case WELCOME, DRAIN, BUNDLE, MESSAGE_NOT_SET ->
          LOG.debug("a message that means nothing to us");
    }
  }

  @Override
  public void ready() {
    pump.pump();
  }

  @Override
  public void leaseLost(Duration grace) {
    board.stopPartitioned(grace);
  }
}
