package io.oasis.server.channel;

import io.grpc.Status;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.oasis.executor.v1.ServerMessage;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.NodeGateway;
import io.oasis.server.run.RunHandle;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The sessions of this server, by node. */
@Singleton
public class Sessions implements NodeGateway {
  private final ConcurrentMap<String, Session> byNode = new ConcurrentHashMap<>();

  void start(@Observes StartupEvent event) {
    Metrics.gaugeMapSize("oasis.channel.sessions", Tags.empty(), byNode);
  }

  @Override
  public boolean assign(String nodeId, Assignment assignment) {
    return assign(nodeId, List.of(assignment));
  }

  @Override
  public boolean assign(String nodeId, List<Assignment> assignments) {
    Session session = byNode.get(nodeId);
    if (session == null || session.outbox().isEnding()) {
      return false;
    }
    List<ServerMessage> messages = new ArrayList<>(assignments.size());
    for (Assignment assignment : assignments) {
      session.began(assignment.run());
      messages.add(ChannelMapping.assign(assignment));
    }
    session.outbox().send(messages);
    return true;
  }

  @Override
  public boolean cancel(String nodeId, RunHandle run, Duration grace, String reason) {
    Session session = byNode.get(nodeId);
    if (session == null || session.outbox().isEnding()) {
      return false;
    }
    session.outbox().send(ChannelMapping.cancel(run, grace, reason));
    return true;
  }

  /** Makes a session the node's only one. An older stream of the node ends with ABORTED. */
  void open(Session session) {
    byNode.merge(
        session.node().nodeId(),
        session,
        (old, young) -> {
          boolean newer = young.node().number() > old.node().number();
          abort(newer ? old : young);
          return newer ? young : old;
        });
  }

  /** Forgets a session; a newer one of the same node stays. */
  void close(Session session) {
    byNode.remove(session.node().nodeId(), session);
    synchronized (byNode) {
      byNode.notifyAll();
    }
  }

  List<Session> all() {
    return List.copyOf(byNode.values());
  }

  /** Waits until all sessions are closed, at most so long. */
  void awaitEmpty(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      synchronized (byNode) {
        long left = patience.toMillis();
        while (!byNode.isEmpty() && left > 0) {
          byNode.wait(left);
          left = (end - System.nanoTime()) / 1_000_000;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void abort(Session session) {
    session.outbox().end(Status.ABORTED.withDescription("the node has connected again"));
  }
}
