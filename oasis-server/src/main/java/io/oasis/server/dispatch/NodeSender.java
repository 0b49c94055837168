package io.oasis.server.dispatch;

import io.oasis.manifest.JobSpec;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.Member;
import io.oasis.server.run.MemberStore;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunParams;
import io.oasis.server.run.RunReports;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends hand-overs and cancels to the nodes whose streams end here: what this server decided itself
 * at once, what another one decided when it looks.
 */
@ApplicationScoped
public class NodeSender {
  private final NodeGateway gateway;
  private final NodeLoad load;
  private final LedgerStore store;
  private final MemberStore members;
  private final JobVersions versions;
  private final RunReports reports;
  private final ServerNodes nodes;

  public NodeSender(
      NodeGateway gateway,
      NodeLoad load,
      LedgerStore store,
      MemberStore members,
      JobVersions versions,
      RunReports reports,
      ServerNodes nodes) {
    this.gateway = gateway;
    this.load = load;
    this.store = store;
    this.members = members;
    this.versions = versions;
    this.reports = reports;
    this.nodes = nodes;
  }

  /** What is to be sent to one node. */
  record Parcel(String nodeId, Assignment assignment) {}

  /** A stop that is to be asked of one node. */
  record Stop(String nodeId, RunHandle run, Duration grace, String reason) {}

  /** Packs hand-overs; those to nodes of other servers are left to them. */
  List<Parcel> pack(Tx tx, List<RunRow> runs, List<Member> parts) {
    Map<Long, RunRow> byId = new HashMap<>();
    runs.forEach(run -> byId.put(run.id(), run));
    Set<RunHandle> unknown = new HashSet<>();
    parts.stream()
        .filter(m -> !byId.containsKey(m.handle().runId()))
        .forEach(m -> unknown.add(m.handle()));
    store.lock(tx, unknown).forEach(run -> byId.put(run.id(), run));
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, byId.values().stream().map(RunRow::version).toList());
    List<Parcel> parcels = new ArrayList<>();
    for (RunRow run : runs) {
      JobVersion version = known.get(run.version());
      run.standing()
          .nodeId()
          .filter(node -> version != null)
          .ifPresent(node -> parcels.add(new Parcel(node, assignment(run, run.handle(), version))));
    }
    for (Member part : parts) {
      RunRow run = byId.get(part.handle().runId());
      JobVersion version = run == null ? null : known.get(run.version());
      if (version != null && part.state() == RunState.DISPATCHED && !part.waits()) {
        parcels.add(new Parcel(part.nodeId(), assignment(run, part.handle(), version)));
      }
    }
    return parcels;
  }

  /**
   * Notes what this server is about to send, before that is committed: whoever looks at the ledger
   * for things that were never sent must not find it.
   */
  void reserve(Collection<Parcel> own) {
    own.forEach(parcel -> load.add(parcel.nodeId(), parcel.assignment().run()));
  }

  /** The transaction of what was reserved was not committed. */
  void release(Collection<Parcel> own) {
    own.forEach(parcel -> load.remove(parcel.nodeId(), parcel.assignment().run()));
  }

  /** Sends what was reserved and is committed: a node whose stream is gone by now has said no. */
  void sendReserved(Collection<Parcel> own) {
    Map<String, List<Assignment>> byNode = new LinkedHashMap<>();
    for (Parcel parcel : own) {
      byNode.computeIfAbsent(parcel.nodeId(), n -> new ArrayList<>()).add(parcel.assignment());
    }
    byNode.forEach(
        (node, assignments) -> {
          if (!gateway.assign(node, assignments)) {
            assignments.forEach(assignment -> streamEnded(node, assignment.run()));
          }
        });
  }

  private void streamEnded(String nodeId, RunHandle run) {
    // Until that is written nobody here sends it once more.
    reports.unsent(run, nodes.serverId(), answer -> load.remove(nodeId, run));
  }

  /** Asks nodes to stop runs; asking twice does no harm. */
  void stop(Collection<Stop> stops) {
    stops.forEach(s -> gateway.cancel(s.nodeId(), s.run(), s.grace(), s.reason()));
  }

  /**
   * Sends what other servers, or this one before a failure, left to be sent to nodes whose streams
   * end here. A server that decides while a node goes from one server to another may name the one
   * that it left, which may even be dead: such a hand-over comes from here as well.
   *
   * <p>A hand-over that this server does not know of is sent while its run is locked: between the
   * look and the sending it cannot end, so that nothing is sent to a node that is done with it.
   *
   * @return how many were sent
   */
  int sendLeft(Tx tx) {
    List<RunRow> runs = store.toSend(tx, nodes.serverId());
    stop(stops(tx, runs.stream().filter(r -> r.state() == RunState.KILLING).toList()));
    Set<RunHandle> unknown = new HashSet<>();
    runs.stream()
        .filter(r -> r.state() == RunState.DISPATCHED)
        .filter(r -> !load.has(r.standing().nodeId().orElse(""), r.handle()))
        .forEach(r -> unknown.add(r.handle()));
    members.toSend(tx, nodes.serverId()).stream()
        .filter(m -> !load.has(m.nodeId(), m.handle()))
        .filter(m -> !m.waits() || nodes.hasRoom(m.nodeId()))
        .forEach(m -> unknown.add(m.handle()));
    return unknown.isEmpty() ? 0 : sendLocked(tx, unknown);
  }

  private int sendLocked(Tx tx, Set<RunHandle> unknown) {
    List<RunRow> locked = store.lock(tx, unknown);
    List<RunRow> handOvers =
        locked.stream()
            .filter(r -> r.state() == RunState.DISPATCHED && unknown.contains(r.handle()))
            .filter(r -> r.standing().memberCount() == 0)
            .toList();
    moveHere(tx, handOvers);
    List<RunRow> broadcasts = locked.stream().filter(r -> r.standing().memberCount() > 0).toList();
    List<Member> parts =
        members.ofRuns(tx, broadcasts).stream()
            .filter(m -> unknown.contains(m.handle()) && m.state() == RunState.DISPATCHED)
            .toList();
    members.sent(tx, parts.stream().filter(Member::waits).toList());
    List<Parcel> parcels = pack(tx, handOvers, parts.stream().map(Member::sent).toList());
    for (Parcel parcel : parcels) {
      RunHandle run = parcel.assignment().run();
      if (load.add(parcel.nodeId(), run) && !gateway.assign(parcel.nodeId(), parcel.assignment())) {
        load.remove(parcel.nodeId(), run);
      }
    }
    return parcels.size();
  }

  private void moveHere(Tx tx, List<RunRow> handOvers) {
    Optional<String> here = Optional.of(nodes.serverId());
    List<RunRow> strange =
        handOvers.stream().filter(r -> !r.standing().ownerServer().equals(here)).toList();
    if (!strange.isEmpty()) {
      store.moveToServer(tx, nodes.serverId(), strange);
    }
  }

  /** The stops that runs which are being killed need, of broadcasts one for each member. */
  List<Stop> stops(Tx tx, List<RunRow> killing) {
    if (killing.isEmpty()) {
      return List.of();
    }
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, killing.stream().map(RunRow::version).toList());
    List<Stop> stops = new ArrayList<>();
    for (RunRow run : killing) {
      Duration grace = JobVersion.specOf(known.get(run.version())).timeouts().killGrace();
      String why = run.standing().message().orElse("asked to stop");
      if (run.standing().memberCount() > 0) {
        members.ofRuns(tx, List.of(run)).stream()
            .filter(m -> !m.state().isFinal())
            .forEach(m -> stops.add(new Stop(m.nodeId(), m.handle(), grace, why)));
      } else {
        run.standing()
            .nodeId()
            .ifPresent(node -> stops.add(new Stop(node, run.handle(), grace, why)));
      }
    }
    return stops;
  }

  private static Assignment assignment(RunRow run, RunHandle handle, JobVersion version) {
    JobSpec spec = version.spec();
    Optional<Duration> timeout = spec.timeouts().run();
    return new Assignment(
        handle,
        version.key(),
        spec.handler(),
        RunParams.of(run, spec),
        timeout,
        run.standing().memberCount(),
        run.origin().trigger(),
        spec.retry().onLost() && run.origin().maxAttempts() > 1,
        run.origin().revision());
  }
}
