package io.oasis.server.dispatch;

import io.oasis.server.app.NodeAnnouncement;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.database.Database;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunReports;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Finish;
import io.oasis.server.run.RunReports.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Nodes that do what a test says, in the place of the channel: for tests with {@link
 * FakeNodesProfile}.
 */
@Alternative
@ApplicationScoped
public class FakeNodes implements NodeGateway {
  private static final long PATIENCE_SECONDS = 90;

  private final Database database;
  private final NodeRegistry registry;
  private final RunReports reports;
  private final WaitingRuns waiting;
  private final Map<String, BlockingQueue<Assignment>> assigned = new ConcurrentHashMap<>();
  private final Map<String, BlockingQueue<RunHandle>> stopped = new ConcurrentHashMap<>();

  public FakeNodes(
      Database database, NodeRegistry registry, RunReports reports, WaitingRuns waiting) {
    this.database = database;
    this.registry = registry;
    this.reports = reports;
    this.waiting = waiting;
  }

  /** A node of the app comes online, with the handler {@code work}. */
  public void connect(String node, long appId, int slots) {
    connect(node, appId, slots, Map.of());
  }

  /** A node of the app comes online, with labels. */
  public void connect(String node, long appId, int slots, Map<String, String> labels) {
    assigned.put(node, new LinkedBlockingQueue<>());
    stopped.put(node, new LinkedBlockingQueue<>());
    NodeAnnouncement announcement =
        new NodeAnnouncement(
            node,
            appId,
            "127.0.0.1:1",
            "test/1",
            "",
            new NodeAnnouncement.Traits(labels, List.of("work"), slots),
            false);
    registry.open(registry.connect(announcement, Duration.ofHours(1)).orElseThrow(), announcement);
  }

  /** What the channel says once a node can be reached. */
  public void opened(long appId) {
    waiting.nodeOpened(appId);
  }

  /**
   * A node leaves in good order through another server; returns when this one knows of it, which it
   * reads about once a second. Before that it may still route to the node. What it left is looked
   * into only when the test says so, and not when a busy machine lets the grace end.
   */
  public void leave(String node) {
    database.run(
        tx -> {
          tx.update("UPDATE node SET state = 'OFFLINE', server_id = NULL WHERE id = ?", node);
          tx.update(
              "UPDATE node_farewell SET went_at = now() + interval '1 hour' WHERE node_id = ?",
              node);
        });
    Awaitility.await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(() -> registry.find(node).isEmpty());
  }

  @Override
  public boolean assign(String nodeId, Assignment assignment) {
    BlockingQueue<Assignment> queue = assigned.get(nodeId);
    return queue != null && queue.add(assignment);
  }

  @Override
  public boolean assign(String nodeId, List<Assignment> assignments) {
    BlockingQueue<Assignment> queue = assigned.get(nodeId);
    return queue != null && queue.addAll(assignments);
  }

  @Override
  public boolean cancel(String nodeId, RunHandle run, Duration grace, String reason) {
    BlockingQueue<RunHandle> queue = stopped.get(nodeId);
    return queue != null && queue.add(run);
  }

  /** The next run that the node is given. */
  public Assignment next(String node) {
    return take(assigned.get(node));
  }

  /** The next run that the node is to stop. */
  public RunHandle nextStop(String node) {
    return take(stopped.get(node));
  }

  /** True when the node has been given nothing that was not taken. */
  public boolean idle(String node) {
    return assigned.get(node).isEmpty();
  }

  /** The node says yes; returns when that is committed. */
  public Answer accept(Assignment assignment) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    reports.accepted(assignment.run(), Instant.EPOCH, answer::complete);
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** The node says no; returns when that is committed. */
  public Answer reject(Assignment assignment, String node, ReasonCode reason) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    reports.rejected(
        assignment.run(),
        reason,
        "not here",
        said -> {
          waiting.over(node, assignment.run());
          answer.complete(said);
        });
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** The node is done; returns when that is committed. */
  public Answer finish(RunHandle run, Outcome outcome, String message) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Finish finish =
        new Finish(
            outcome,
            message,
            Optional.empty(),
            true,
            Instant.EPOCH,
            Instant.EPOCH.plusMillis(5),
            0);
    reports.finished(run, finish, answer::complete);
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static <T> T take(BlockingQueue<T> queue) {
    try {
      T taken = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (taken == null) {
        throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
      }
      return taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
