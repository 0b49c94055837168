package io.oasis.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.ServerBundle;
import io.oasis.executor.v1.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BundleTest extends ExecutorHarness {
  private static final int RUNS = 20;

  private final Set<Long> called = ConcurrentHashMap.newKeySet();
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  @DisplayName("FN3: the Assigns of a bundle are taken in its order, and each is run once")
  void assignsOfBundle() {
    connectWithSlots();

    assignTogether();

    assertThat(accepted()).containsExactlyElementsOf(runs());
    release.countDown();
    assertThat(finished()).containsExactlyInAnyOrderElementsOf(runs());
    assertThat(called).containsExactlyInAnyOrderElementsOf(runs());
  }

  @Test
  @DisplayName("what is said at one time is one bundle, for a server that understands bundles")
  void oneBundle() {
    server.welcome(server.welcome().setReadsBundles(true));
    connectWithSlots();

    assignTogether();

    assertThat(accepted()).containsExactlyElementsOf(runs());
    assertThat(server.largestBundle()).isGreaterThanOrEqualTo(RUNS);
    release.countDown();
  }

  @Test
  @DisplayName("a server that does not know of bundles hears each message by itself")
  void noBundles() {
    connectWithSlots();

    assignTogether();

    assertThat(accepted()).containsExactlyElementsOf(runs());
    assertThat(server.largestBundle()).isZero();
    release.countDown();
  }

  @Test
  @DisplayName("a reconnect to a server that does not know of bundles ends the bundling")
  void olderServerNext() {
    server.welcome(server.welcome().setReadsBundles(true));
    connectWithSlots();
    assignTogether();
    accepted();
    server.welcome(server.welcome().setReadsBundles(false));

    server.breakStream();
    server.await(ExecutorMessage::hasHello);
    server.forgetBundles();
    release.countDown();

    assertThat(finished()).containsExactlyInAnyOrderElementsOf(runs());
    assertThat(server.largestBundle()).isZero();
  }

  private void connectWithSlots() {
    connect(
        executor()
            .slots(RUNS)
            .action(
                "settle",
                run -> {
                  assertThat(called.add(run.runId())).isTrue();
                  waitFor(release);
                }));
  }

  private void assignTogether() {
    ServerBundle.Builder bundle = ServerBundle.newBuilder();
    for (long run : runs()) {
      bundle.addMessages(ServerMessage.newBuilder().setAssign(FakeServer.assign(run, 1, "settle")));
    }
    server.send(ServerMessage.newBuilder().setBundle(bundle).build());
  }

  private List<Long> accepted() {
    List<Long> ids = new ArrayList<>();
    while (ids.size() < RUNS) {
      ids.add(server.await(ExecutorMessage::hasAccepted).getAccepted().getRun().getRunId());
    }
    return ids;
  }

  /** In the order in which the handlers came to their ends. */
  private List<Long> finished() {
    List<Long> ids = new ArrayList<>();
    while (ids.size() < RUNS) {
      ids.add(server.await(ExecutorMessage::hasFinished).getFinished().getRun().getRunId());
    }
    return ids;
  }

  private static List<Long> runs() {
    return LongStream.rangeClosed(1, RUNS).boxed().toList();
  }
}
